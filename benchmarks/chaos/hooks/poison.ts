// Loaded before everything in the processes of a site: a reader that dies of one history and hangs at another, as a defect of a parser
// would. The rest of the poison (faults/poison.ts) needs no help.
const parse = JSON.parse;

JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]): unknown => {
  if (process.env.SHIPA_WORKER_CHILD === '1' && typeof text === 'string' && text.length < 5_000) {
    if (text.includes('"poison-kills"') && text.includes('"Bundle"')) process.abort();
    while (text.includes('"poison-hangs"') && text.includes('"Bundle"'));
  }
  return parse(text, reviver);
};
