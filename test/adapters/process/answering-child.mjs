// A child that answers in ways of its own: by the id of the history it echoes, is silent, or dies.
if (process.argv[2] === 'stillborn') process.exit(1);
process.once('disconnect', () => process.exit(0));
process.on('message', ({ id, history, stops }) => {
  if (history.id === 'dies') process.exit(1);
  if (history.id === 'hangs') for (;;);
  if (history.id === 'throws') process.send({ id, error: 'a defect' });
  else process.send({ id, record: { case: history.id, stopped: stops, by: process.pid } });
});
process.send({ ready: true });
