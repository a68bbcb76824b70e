// Treatment that a note names and that was for another disease than the cancer.
import type { Sentence } from './sentence.js';
import type { Treatment } from './treatment.js';

/** "Псориаз, метотрексат 10 мг/нед": an antimetabolite or antibody that rheumatologists give too, beside such a disease. */
export const isForAnotherDisease = (
  { drugs, start, end, kind }: Pick<Treatment, 'drugs' | 'start' | 'end' | 'kind'>,
  { plain }: Sentence,
): boolean =>
  (SECONDARY.test(plain) &&
    (OF_A_SOLID_ONE.test(plain.slice(end, end + 60)) || SOLID_BEFORE.test(plain.slice(0, start)))) ||
  (kind === 'procedure' && NOT_FOR_CANCER.test(plain.slice(end, end + 50))) ||
  (drugs.length === 1 &&
    /^(?:methotrexate|cyclophosphamide|rituximab|hydroxycarbamide)$/.test(drugs[0] ?? '') &&
    /psoria|rheumatoid|lupus|crohn|colitis|vasculitis|sickle|псориа|ревматоид|волчанк|крона|васкулит|артрит/u.test(
      plain.slice(Math.max(0, start - 60), start + 60),
    ));

/** "Secondary AML after chemotherapy for breast cancer": what was given for the first disease is no line of the leukaemia. */
const SECONDARY =
  /\b(?:therapy|treatment|chemotherapy)[- ]related\b|\bsecondary (?:a?cute |aml|mds|leuk|myelo)|\bt-?(?:aml|mds|mn)\b|(?<!\p{L})(?:вторичн|индуцированн|обусловленн|связанн)\p{L}* (?:\p{L}+ ){0,2}(?:омл|мдс|лейкоз|миелодиспласт|терапи|лечени)/u;
const OF_A_SOLID_ONE =
  /^[^.;,]{0,6}(?:(?:for|of|given for|по поводу)\s)?\s*(?:(?!aml|mds|омл|мдс)\p{L}+[ -]){0,3}(?:cancer|carcinoma|sarcoma|lymphoma|hodgkin|myeloma|tumou?r|рак(?:а|ом)?|лимфом\p{L}*|карцином\p{L}*|сарком\p{L}*|миелом\p{L}*|рмж|опухол\p{L}*)(?!\p{L})/u;
const SOLID_BEFORE =
  /\b(?:cancer|carcinoma|sarcoma|lymphoma|hodgkin|myeloma) (?:chemo|radio|treatment|therapy)?\s*$|\b(?:cancer|carcinoma|sarcoma|lymphoma|hodgkin|myeloma)(?: was)?(?: treated)?(?: with| by)? $/u;

/** "Резекция желудка по поводу язвы", "hysterectomy for fibroids": an operation on something else. */
const NOT_FOR_CANCER =
  /^[^.;,]{0,24}?(?:\b(?:for|due to|because of)|(?<!\p{L})(?:по поводу|из-за|в связи с|по п\/в))\s+(?:(?:large|benign|bleeding|perforated|uterine|acute|chronic|прободн\p{L}*|перфоративн\p{L}*|доброкачественн\p{L}*|остр\p{L}*|хроническ\p{L}*)\s+)?(?:(?:peptic |gastric |duodenal )?ulcer|fibroid|myoma|leiomyoma\b|gallstone|cholelith|cholecystitis|appendicitis|diverticul|endometriosis|trauma|goit(?:re|er)|benign|hernia|язв|миом|фибром|эндометриоз|жкб|желчнокаменн|холецистит|аппендицит|дивертикул|травм|зоба|зоб(?!\p{L})|кист|доброкач|грыж|аденомы|дгпж)/u;
