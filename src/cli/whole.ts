// Numbers on the command line.
import { WrongUse } from './wrong-use.js';

export function whole(text: string, option: string, least: number, most = 1_000_000_000): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new WrongUse(`${option} wants a whole number from ${least}${most < 1e9 ? ` to ${most}` : ''}, not "${text}"`);
  return value;
}
