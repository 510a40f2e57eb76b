//! Articles made up from a seed, shaped like news: few actors in many events, bursts of days, dates from a day to a
//! decade. The same seed gives the same articles on every machine.
#![allow(dead_code)]

use dateline::model::*;

/// A small deterministic source of numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `n` - 1, each as often.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// From 0 to `n` - 1, the first ones most often: about Zipf's law with exponent 1.
    pub fn zipf(&mut self, n: usize) -> usize {
        let u = self.next() as f64 / u64::MAX as f64;
        (((n as f64 + 1.0).powf(u)) as usize - 1).min(n - 1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const SYLLABLES: [&str; 20] = [
    "ka", "ro", "mi", "ten", "sol", "va", "der", "lu", "pin", "es", "tor", "na", "bel", "qui", "fo", "gar", "hu",
    "zet", "yo", "wim",
];

/// A word for a number, each number its own.
pub fn word(mut n: usize) -> String {
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[n % SYLLABLES.len()]);
        n /= SYLLABLES.len();
        if n == 0 {
            return word;
        }
    }
}

fn name(n: usize) -> String {
    let mut name = word(n + 400);
    name[..1].make_ascii_uppercase();
    name
}

/// How much of each there is.
#[derive(Clone, Copy)]
pub struct Shape {
    pub actors: usize,
    pub places: usize,
    pub words: usize,
    pub days: i32,
    pub events_per_article: usize,
}

/// A shape like that of some years of news.
pub const NEWS: Shape = Shape { actors: 20_000, places: 2_000, words: 30_000, days: 7_300, events_per_article: 12 };

/// A shape in which everything meets everything.
pub const DENSE: Shape = Shape { actors: 6, places: 6, words: 40, days: 400, events_per_article: 6 };

const FIRST_DAY: i32 = 11_000;

fn interval(dice: &mut Dice, shape: Shape, published: Day) -> Interval {
    let burst = FIRST_DAY + (dice.zipf(shape.days as usize) as i32 * 7919) % shape.days;
    let day = |n: i32| Day::from_number(n).unwrap();
    let at = if dice.one_in(2) { burst } else { FIRST_DAY + dice.below(shape.days as usize) as i32 };
    let span = |from: i32, days: i32| Interval::new(Some(day(from)), Some(day(from + days - 1))).unwrap();
    match dice.below(100) {
        0..58 => Interval::day(day(at)),
        58..70 => span(at - at % 30, 30),
        70..77 => span(at - at % 365, 365),
        77..79 => span(at - at % 3652, 3652),
        79..84 => span(at, 1 + dice.below(900) as i32),
        84..94 => Interval::until(published),
        94..97 => Interval::since(day(at)),
        _ => Interval::UNKNOWN,
    }
}

/// Article number `i` with its analysis.
pub fn article(seed: u64, i: usize, shape: Shape) -> (Article, Analysis) {
    let mut dice = Dice::new(seed ^ (i as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
    let published = Day::from_number(FIRST_DAY + dice.below(shape.days as usize) as i32).unwrap();
    let events = 1 + dice.below(shape.events_per_article * 2 - 1);
    let mut text = String::new();
    let mut analysis = Analysis::default();
    let sentence = |text: &mut String, words: &[String], dice: &mut Dice| {
        let start = text.len();
        for w in words {
            text.push_str(w);
            text.push(' ');
        }
        for _ in 0..12 {
            text.push_str(&word(dice.zipf(shape.words)));
            text.push(' ');
        }
        text.pop();
        text.push('.');
        let span = Span::new(start, text.len());
        text.push('\n');
        span
    };
    let mut actor_ids: Vec<usize> = Vec::new();
    for number in 0..events {
        let start = text.len();
        let mut words = vec![word(dice.zipf(300) + 77)];
        let mut who = Vec::new();
        for _ in 0..1 + dice.below(2) {
            let actor = dice.zipf(shape.actors);
            let index = actor_ids.iter().position(|a| *a == actor).unwrap_or_else(|| {
                actor_ids.push(actor);
                actor_ids.len() - 1
            });
            who.push(index);
            words.push(name(actor));
        }
        let place = dice.one_in(2).then(|| dice.zipf(shape.places));
        words.extend(place.map(name));
        let trigger = Span::new(start, start + words[0].len());
        let lemma = words[0].clone();
        let span = sentence(&mut text, &words, &mut dice);
        analysis.sentences.push(SentenceSpan { span, zone: Zone::Body, paragraph: number as u32 });
        if dice.one_in(3) {
            let span = sentence(&mut text, &[], &mut dice);
            analysis.sentences.push(SentenceSpan { span, zone: Zone::Body, paragraph: number as u32 });
        }
        let at = analysis.sentences.iter().position(|s| s.span == span).unwrap();
        let roles = [Role::Agent, Role::Patient];
        let place = place.map(|n| {
            let country: Country = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"][n % 6].parse().unwrap();
            let place = Place {
                name: name(n),
                country: Some(country),
                region: Some(word(n % 60)),
                lat: Some(50.5),
                lon: Some(30.5),
                precision: PlacePrecision::City,
            };
            analysis.places.push(PlaceMention { span: trigger, place, rule: "place".into() });
            analysis.places.len() - 1
        });
        let when = interval(&mut dice, shape, published);
        let pick = |dice: &mut Dice, n: usize| dice.zipf(n);
        let granularity = if when.length() == Some(1) { Granularity::Day } else { Granularity::Range };
        analysis.events.push(EventMention {
            sentence: at,
            trigger: Trigger { span: trigger, lemma },
            event_type: EventType::ALL[pick(&mut dice, EventType::ALL.len())],
            mode: None,
            contexts: Vec::new(),
            when: When { interval: when, granularity, edtf: super::edtf(when), ..When::unknown() },
            participants: who.iter().enumerate().map(|(i, a)| super::takes_part(roles[i % 2], *a, trigger)).collect(),
            place,
            polarity: if dice.one_in(12) { Polarity::Negative } else { Polarity::Positive },
            modality: Modality::ALL[pick(&mut dice, 4)],
            aspect: Aspect::Completed,
            attribution: None,
            counts: Vec::new(),
            headline: words.join(" "),
            confidence: dice.below(1001) as f64 / 1000.0,
            cluster: number,
            reasons: vec![Reason { field: "type".into(), rule: "type".into(), span: Some(trigger) }],
        });
    }
    for actor in &actor_ids {
        analysis.actors.push(Actor {
            name: format!("{} {}", name(actor % 97), name(*actor)),
            kind: Some(ActorKind::Person),
            country: None,
            sector: None,
            aliases: Vec::new(),
            title: None,
            rule: "actor".into(),
        });
    }
    let article = Article {
        title: Some(format!("Article {i}")),
        source: Some(format!("Outlet {}", dice.zipf(200))),
        published: Some(Published { day: published, basis: PublishedBasis::Metadata }),
        ..Article::from_text(text)
    };
    (article, analysis)
}

/// The name of actor number `n`.
pub fn actor_name(n: usize) -> String {
    format!("{} {}", name(n % 97), name(n))
}

/// The name of place number `n`.
pub fn place_name(n: usize) -> String {
    name(n)
}

/// Fills a database with articles until it has at least so many events, in batches of 64 articles.
pub fn fill(store: &mut dateline::store::Store, seed: u64, shape: Shape, events: usize) {
    let (mut made, mut i) = (0, 0);
    store.begin().unwrap();
    while made < events {
        let (article, analysis) = article(seed, i, shape);
        made += analysis.events.len();
        i += 1;
        store.save(&article, &analysis, &super::saving()).unwrap();
        if i % 64 == 0 {
            store.commit().unwrap();
            store.begin().unwrap();
        }
    }
    store.commit().unwrap();
}
