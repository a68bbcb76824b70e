// The decision setting of a case: cancer x clinical state, read from the events. Settings are tried in the profile's order. One that
// cannot be told (unknown) is not passed over in silence: the answer goes on with the first that is met, but provisionally.
import type { CancerProfile, Setting } from '../domain/corpus/indication.js';
import type { Truth } from '../domain/truth.js';
import { openItemsOf } from './criteria/open-items.js';
import { verdictsIn } from './criteria/state.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { say } from './criteria/words.js';
import { type Lang, translate } from './language/translate.js';
import { once } from './once.js';

export interface DerivedSetting {
  readonly kind: 'derived';
  readonly setting: Setting;
  readonly state: Truth;
  /** False when an earlier setting, or this one, depends on a fact that is not known. */
  readonly certain: boolean;
  /** Settings that would come first if a missing fact were known. */
  readonly alternatives: readonly Setting[];
  readonly asks: readonly OpenItem[];
}

export interface UnknownSetting {
  readonly kind: 'unknown';
  readonly message: string;
  readonly asks: readonly OpenItem[];
}

/**
 * The first setting that is met. When earlier ones are unknown, the met one is taken provisionally: what it says holds unless the
 * missing fact turns up, and the fact is asked for. When none is met, a single unknown one is taken by elimination, provisionally;
 * between several there is nothing to choose by, and the answer is to ask. `openBefore` is what keeps the cancer itself open.
 */
export function deriveSetting(
  profile: CancerProfile,
  context: Context,
  openBefore: readonly OpenItem[] = [],
): DerivedSetting | UnknownSetting {
  const ask = verdictsIn(context);
  const notFirm: Setting[] = [];
  const open: Setting[] = [];
  let met: Setting | undefined;
  for (const setting of profile.settings) {
    const { state, firm } = ask(setting.criteria);
    if (!firm) notFirm.push(setting);
    if (state === 'unknown') open.push(setting);
    if (state !== 'met') continue;
    met = setting;
    break;
  }
  const asks = () => [...openBefore, ...notFirm.flatMap(({ criteria }) => openItemsOf(criteria, context))];
  const taken = met ?? (open.length === 1 ? open[0] : undefined);
  if (taken === undefined) return { kind: 'unknown', message: whyNone(open, context.index.lang), asks: asks() };
  const state = met === undefined ? 'unknown' : 'met';
  const certain = open.length === 0 && openBefore.length === 0;
  return new Derived(taken, state, certain, met === undefined ? [] : open, once(asks));
}

class Derived implements DerivedSetting {
  readonly kind = 'derived';
  readonly setting: Setting;
  readonly state: Truth;
  readonly certain: boolean;
  readonly alternatives: readonly Setting[];
  readonly #asks: () => readonly OpenItem[];

  constructor(
    setting: Setting,
    state: Truth,
    certain: boolean,
    alternatives: readonly Setting[],
    asks: () => readonly OpenItem[],
  ) {
    this.setting = setting;
    this.state = state;
    this.certain = certain;
    this.alternatives = alternatives;
    this.#asks = asks;
  }

  /** Made when it is looked at: tumour-agnostic folders ask only for the setting. */
  get asks(): readonly OpenItem[] {
    return this.#asks();
  }
}

export function whyNone(open: readonly Setting[], lang: Lang): string {
  if (open.length === 0) return translate(lang, 'No decision setting of this cancer fits the recorded events.');
  const names = open.map((setting) => say(setting.name, lang)).join('; ');
  return translate(lang, 'The decision setting cannot be told from what is recorded; it may be: {names}.', { names });
}
