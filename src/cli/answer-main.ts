// Entry of a child process that answers: opens the model it is told to, then one question after the other. Wiring only.
import type { Answer, Question } from '../adapters/process/answering-processes.js';
import { watchChild } from '../adapters/process/watch-child.js';
import type { Stop } from '../domain/stop.js';
import { openShadow } from './engine.js';

watchChild();
process.once('disconnect', () => process.exit(0));

let [stops, shown]: [readonly Stop[], string] = [[], '[]'];
const [, , model = ''] = process.argv;
const { recommender } = await openShadow(model, () => stops);
const send = (answer: Answer): void => void process.send?.(answer);

process.on('message', (question: Question) => {
  const text = JSON.stringify(question.stops);
  // The same array for the same stops: what is made of it is kept.
  if (text !== shown) [stops, shown] = [question.stops, text];
  recommender.recommend(question.history, question.options).then(
    (record) => send({ id: question.id, record }),
    (error: unknown) => send({ id: question.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
send({ ready: true });
