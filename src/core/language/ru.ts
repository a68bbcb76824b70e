// Generated sentences in Russian, by their English template. What is between braces is filled in. The keys are all messages there are.
export const RU = {
  '{score}: {recorded} is recorded, {computed} follows from the facts on record; the recorded value is used.':
    '{score}: записано {recorded}, из имеющихся данных следует {computed}; использовано записанное значение.',
  // Lists and signs of criteria.
  '{a} or {b}': '{a} или {b}',
  ', and ': ', и ',
  ', or ': ', или ',
  'no {what}': 'нет: {what}',
  'not {what}': 'не: {what}',
  'none of: {what}': 'ничего из: {what}',
  'on record: {what}': 'записано: {what}',
  'stage {groups}': 'стадия {groups}',
  'the setting is: {names}': 'ситуация: {names}',
  'stage and earlier treatment': 'стадия и предшествующее лечение',
  'not told, and so the setting is open': 'не указано, поэтому ситуация не определена',
  'Where the patient stands is not told; what rests on the findings of the tumour is shown provisionally for: {names}.':
    'Ситуация пациента не указана; то, что основано на находках в опухоли, показано предварительно для: {names}.',
  'Where the patient stands is not told; options are shown provisionally for: {names}.':
    'Ситуация пациента не указана; варианты показаны предварительно для: {names}.',
  'Nothing is told of earlier treatment; what rests on the findings of the tumour in another setting is shown too, provisionally.':
    'О предшествующем лечении ничего не сказано; то, что основано на находках в опухоли и относится к другой ситуации, тоже показано, предварительно.',
  ' with ': ' с ',
  'metastasis in {sites}': 'метастаз: {sites}',
  '{min} to {max}': 'от {min} до {max}',
  // Therapies.
  earlier: 'ранее',
  current: 'сейчас',
  treatment: 'лечение',
  'together with {what}': 'вместе с: {what}',
  'in line {n}': 'в линии {n}',
  'outcome {what}': 'исход: {what}',
  'within the last {n} months': 'за последние {n} мес.',
  'ended more than {n} months ago': 'окончено более {n} мес. назад',
  'for at least {n} months': 'не менее {n} мес.',
  'for at most {n} months': 'не более {n} мес.',
  systemic: 'системная терапия',
  surgery: 'операция',
  radiotherapy: 'лучевая терапия',
  chemoradiotherapy: 'химиолучевая терапия',
  observation: 'наблюдение',
  'active-surveillance': 'активное наблюдение',
  'supportive-care': 'поддерживающая помощь',
  transplant: 'трансплантация',
  procedure: 'процедура',
  neoadjuvant: 'неоадъювантно',
  adjuvant: 'адъювантно',
  curative: 'с целью излечения',
  palliative: 'паллиативно',
  maintenance: 'поддерживающая',
  ongoing: 'продолжается',
  completed: 'завершено',
  progressed: 'прогрессирование',
  intolerant: 'непереносимость',
  stopped: 'прекращено',
  planned: 'запланировано',
  // Results of markers.
  positive: 'положительный',
  negative: 'отрицательный',
  equivocal: 'сомнительный',
  low: 'низкий',
  ultralow: 'ультранизкий',
  zero: 'ноль',
  mutation: 'мутация',
  fusion: 'слияние',
  amplification: 'амплификация',
  // Words of facts.
  yes: 'да',
  no: 'нет',
  years: 'лет',
  months: 'мес.',
  // What the record shows.
  'line {n}': 'линия {n}',
  'outcome not recorded': 'исход не записан',
  'best response {what}': 'лучший ответ {what}',
  'no such treatment recorded': 'такое лечение не записано',
  'other treatment recorded, not this': 'записано другое лечение',
  '{what}, in the past': '{what}, в прошлом',
  '{what}, over': '{what}, прошло',
  'no metastatic site recorded': 'метастазы не записаны',
  'metastasis: {site}': 'метастаз: {site}',
  'metastases recorded: {sites}': 'записаны метастазы: {sites}',
  // Why something is not known.
  'not recorded': 'не записано',
  'the patient declined to give it': 'пациент отказался сообщить',
  'recorded in a way that could not be interpreted': 'записано так, что не удалось понять',
  'the sources disagree': 'источники расходятся',
  'the result is pending': 'результат ожидается',
  'the last value is too old to rely on': 'последнее значение слишком старое',
  'recorded only as {what}': 'записано только как {what}',
  'it may be {between}; what would settle it: {items}': 'возможно {between}; уточнит: {items}',
  'neither recorded nor excluded': 'не записано и не исключено',
  'not clear from: {what}': 'неясно из: {what}',
  'the results for {what} contradict each other': 'результаты {what} противоречат друг другу',
  'reported positive without the precision that decides': 'положительный, но без уточнения, которое решает',
  'reported only as {what}': 'сообщено только как {what}',
  stage: 'стадия',
  'stage subgroup': 'подгруппа стадии',
  histology: 'гистология',
  '{axis} category': 'категория {axis}',
  'details of earlier treatment': 'подробности прежнего лечения',
  '{what} (exact alteration)': '{what} (точное изменение)',
  // Why an option is excluded, or stands where it stands.
  'excluded by {what}': 'исключает: {what}',
  'needs {what}': 'требуется: {what}',
  ' (recorded: {fact})': ' (записано: {fact})',
  'holds only from {date}': 'действует только с {date}',
  'no longer holds since {date}': 'не действует с {date}',
  'Contraindicated: {what}': 'Противопоказано: {what}',
  'The evidence is against it ({strength}).': 'Данные против этого ({strength}).',
  'Depends on what is not known: {items}.': 'Зависит от того, что неизвестно: {items}.',
  'Depends on what is not known.': 'Зависит от того, что неизвестно.',
  'Its safety needs: {items}.': 'Для безопасности нужно знать: {items}.',
  'Its safety cannot be judged from what is recorded.': 'По записям нельзя судить о безопасности.',
  'The decision setting itself depends on what is not known.':
    'Сама клиническая ситуация зависит от того, что неизвестно.',
  'Every study that it rested on is retracted: {studies}.':
    'Все исследования, на которых это основано, отозваны: {studies}.',
  'The evidence for it is weaker than for a recommendation.': 'Данные слабее, чем нужно для рекомендации.',
  'Kept for where newer options are unavailable.': 'На случай, если новые варианты недоступны.',
  'May be advised against ({why}): depends on what is not recorded.':
    'Возможны возражения ({why}): зависит от того, что не записано.',
  // Missing items.
  'with {label} {change}': 'при {label} {change}',
  'no option for {decision} would be left': 'не осталось бы вариантов: {decision}',
  'the first option for {decision} would be {regimen}': 'первым вариантом ({decision}) стал бы {regimen}',
  'decides {names}': 'решает: {names}',
  '{names} and others': '{names} и другие',
  'the safety of {names} depends on it': 'от этого зависит безопасность: {names}',
  'when in order {change}': 'если в норме, {change}',
  // Notes and abstentions.
  'The decision setting "{name}" is provisional: a fact that decides it is missing{instead}.':
    'Клиническая ситуация «{name}» предварительная: не хватает решающего факта{instead}.',
  '; it may instead be: {others}': '; возможно также: {others}',
  '{item}: {why}; check that it still holds.': '{item}: {why}; проверьте, что это ещё верно.',
  'Seen but not understood: {what}.': 'Замечено, но не понято: {what}.',
  'The recorded treatments and sites of metastasis are taken as complete; any other fact not recorded is unknown, not "no".':
    'Записанные лечение и метастазы считаются полными; любой другой незаписанный факт неизвестен, а не «нет».',
  "Decision support for a qualified oncologist; not a certified medical device. The decision is the clinician's.":
    'Поддержка решения квалифицированного онколога; не сертифицированное медицинское изделие. Решает врач.',
  "No outcome model covers these options; they stand in the corpus's order.":
    'Для этих вариантов нет модели исходов; они стоят в порядке корпуса.',
  "Survival figures are those of trial populations, adjusted for this patient's prognostic factors where they are known.":
    'Показатели выживаемости — из исследований, с поправкой на известные прогностические факторы пациента.',
  'The order of the options is not personal: no effect modifier applies to this patient.':
    'Порядок вариантов не индивидуален: модификаторов эффекта для этого пациента нет.',
  'No indication of the corpus fits this patient in this setting.':
    'Ни одно показание корпуса не подходит пациенту в этой ситуации.',
  'Every option that fits is contraindicated, advised against or left out by the protocol.':
    'Все подходящие варианты противопоказаны, не рекомендуются или исключены протоколом.',
  'No decision setting of this cancer fits the recorded events.':
    'Ни одна клиническая ситуация не соответствует записанным событиям.',
  'The decision setting cannot be told from what is recorded; it may be: {names}.':
    'Клиническую ситуацию нельзя определить по записям; возможно: {names}.',
  '{item} is not known': '{item}: неизвестно',
  'stopped on {date} by {by}: {why}': 'остановлено {date}, {by}: {why}',
  'The outcome model {id} was stopped on {date} by {by}: {why}. There are no numbers.':
    'Модель исходов {id} остановлена {date}, {by}: {why}. Чисел нет.',
  'The indication {id} was stopped on {date} by {by}: {why}.': 'Показание {id} остановлено {date}, {by}: {why}.',
  // Tables of prognostic models.
  '"{text}" is not a number': '«{text}» — не число',
  "{value} is outside the model's range {min} to {max}": '{value} вне пределов модели: от {min} до {max}',
  '{value} is outside {min} to {max}': '{value} вне пределов: от {min} до {max}',
  '"{text}" is none of {codes}': '«{text}» нет среди допустимых значений: {codes}',
  '"{text}" is neither yes nor no': '«{text}» — ни yes, ни no',
  '"{text}" is no OncoTree code of the vocabulary': '«{text}» — не код OncoTree из словаря',
  // Prophylaxis that belongs to the drugs.
  'NK1 antagonist, 5-HT3 antagonist, dexamethasone and olanzapine':
    'антагонист NK1, антагонист 5-HT3, дексаметазон и оланзапин',
  '5-HT3 antagonist and dexamethasone': 'антагонист 5-HT3 и дексаметазон',
  'one drug: dexamethasone, a 5-HT3 or a dopamine antagonist':
    'один препарат: дексаметазон, антагонист 5-HT3 или дофамина',
  'no routine prophylaxis': 'профилактика обычно не нужна',
  '5-HT3 antagonist, dexamethasone and an NK1 antagonist (carboplatin AUC 4 or more)':
    'антагонист 5-HT3, дексаметазон и антагонист NK1 (карбоплатин AUC 4 и выше)',
  'taken by mouth: a 5-HT3 antagonist before the dose where needed':
    'приём внутрь: при необходимости антагонист 5-HT3 перед дозой',
  'no G-CSF beside concurrent chemoradiotherapy': 'Г-КСФ при одновременной химиолучевой терапии не назначают',
  'G-CSF is part of the regimen': 'Г-КСФ входит в режим',
  'G-CSF from the first cycle': 'Г-КСФ с первого цикла',
  'no routine G-CSF': 'Г-КСФ обычно не нужен',
  'G-CSF from the first cycle is advised: age 65 or more adds to the risk':
    'рекомендован Г-КСФ с первого цикла: возраст 65 и старше повышает риск',
  'G-CSF from the first cycle with a risk factor (earlier febrile neutropenia or chemotherapy, advanced disease, poor fitness)':
    'Г-КСФ с первого цикла при факторе риска (фебрильная нейтропения или химиотерапия в прошлом, распространённая болезнь, плохое состояние)',
  'nothing on record against it': 'ничего против не записано',
  'cost {cost}': 'стоимость {cost}',
  'gain of {months} months of {outcome} within {horizon}, against {comparator}':
    'выигрыш {months} мес. {outcome} за {horizon} мес., против {comparator}',
  'loss of {months} months of {outcome} within {horizon}, against {comparator}':
    'потеря {months} мес. {outcome} за {horizon} мес., против {comparator}',
  'grade >= 3 adverse events in {share}': 'нежелательные явления степени 3 и выше у {share}',
  'grade >= 3 adverse events: not known for any option':
    'нежелательные явления степени 3 и выше: неизвестны для всех вариантов',
  'grade >= 3 adverse events: not published; taken as {share}':
    'нежелательные явления степени 3 и выше: не опубликованы; принято {share}',
  'as the comparator': 'как сравнение',
  'against {name}': 'против {name}',
  'in {population}': 'в группе {population}',
  'not reached': 'не достигнута',
  'median {months} months': 'медиана {months} мес.',
  '{shares} at {months} months': '{shares} через {months} мес.',
  'what would settle it: {items}': 'уточнит: {items}',
} as const;

export type Message = keyof typeof RU;
