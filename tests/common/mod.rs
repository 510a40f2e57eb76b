//! What the tests share: articles with an analysis made by hand.
#![allow(dead_code)]

pub mod generate;
pub mod inputs;
pub mod reports;

use std::path::Path;

use dateline::model::*;
use rusqlite::Connection;

/// Builds an article and its analysis from words of its text.
pub struct Story {
    pub article: Article,
    pub analysis: Analysis,
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn on(text: &str) -> Interval {
    Interval::day(day(text))
}

pub fn between(from: &str, to: &str) -> Interval {
    Interval::new(Some(day(from)), Some(day(to))).unwrap()
}

pub fn country(code: &str) -> Option<Country> {
    Some(code.parse().unwrap())
}

impl Story {
    /// Each line of the text is a sentence.
    pub fn new(text: &str) -> Story {
        let mut analysis = Analysis::default();
        let mut start = 0;
        for (paragraph, line) in text.split('\n').enumerate() {
            if !line.is_empty() {
                let span = Span::new(start, start + line.len());
                analysis.sentences.push(SentenceSpan { span, zone: Zone::Body, paragraph: paragraph as u32 });
            }
            start += line.len() + 1;
        }
        Story { article: Article::from_text(text), analysis }
    }

    pub fn published(mut self, date: &str) -> Story {
        self.article.published = Some(Published { day: day(date), basis: PublishedBasis::Given });
        self
    }

    pub fn from(mut self, source: &str) -> Story {
        self.article.source = Some(source.to_owned());
        self
    }

    pub fn titled(mut self, title: &str) -> Story {
        self.article.title = Some(title.to_owned());
        self
    }

    pub fn span(&self, words: &str) -> Span {
        let start = self.article.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        Span::new(start, start + words.len())
    }

    /// Adds an actor; returns its index.
    pub fn actor(
        &mut self,
        name: &str,
        kind: ActorKind,
        code: &str,
        sector: Option<Sector>,
        aliases: &[&str],
    ) -> usize {
        self.analysis.actors.push(Actor {
            name: name.to_owned(),
            kind: Some(kind),
            country: if code.is_empty() { None } else { country(code) },
            sector,
            aliases: aliases.iter().map(|a| a.to_string()).collect(),
            title: None,
            rule: "test-actor".to_owned(),
        });
        self.analysis.actors.len() - 1
    }

    pub fn place(
        &mut self,
        words: &str,
        name: &str,
        code: &str,
        region: Option<&str>,
        precision: PlacePrecision,
    ) -> usize {
        let span = self.span(words);
        let place = Place {
            name: name.to_owned(),
            country: if code.is_empty() { None } else { country(code) },
            region: region.map(str::to_owned),
            lat: None,
            lon: None,
            precision,
        };
        self.analysis.places.push(PlaceMention { span, place, rule: "test-place".to_owned() });
        self.analysis.places.len() - 1
    }

    pub fn time(&mut self, words: &str, interval: Interval) -> usize {
        let span = self.span(words);
        self.analysis.times.push(Timex {
            span,
            kind: TimexKind::Date,
            value: interval.from().map(|d| d.to_string()).unwrap_or_default(),
            modifier: None,
            interval: Some(interval),
            granularity: Granularity::Day,
            basis: Basis::Stated,
            edtf: interval.from().map(|d| d.to_string()),
            anchor: None,
            until: None,
            rule: "test-time".to_owned(),
            note: None,
        });
        self.analysis.times.len() - 1
    }

    /// Adds an event of its own cluster; the trigger's words are its lemma.
    pub fn event(&mut self, trigger: &str, event_type: EventType, interval: Interval) -> &mut EventMention {
        let span = self.span(trigger);
        let sentence =
            self.analysis.sentences.iter().position(|s| s.span.contains(span)).expect("trigger in a sentence");
        let cluster = self.analysis.events.len();
        let granularity = if interval.length() == Some(1) { Granularity::Day } else { Granularity::Range };
        self.analysis.events.push(EventMention {
            sentence,
            trigger: Trigger { span, lemma: trigger.to_lowercase() },
            event_type,
            mode: None,
            contexts: Vec::new(),
            when: When {
                interval,
                granularity,
                edtf: edtf(interval),
                basis: if interval.is_unknown() { Basis::None } else { Basis::Stated },
                timex: None,
                approximate: false,
                inferred: false,
            },
            participants: Vec::new(),
            place: None,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            aspect: Aspect::Completed,
            attribution: None,
            counts: Vec::new(),
            headline: self.analysis.sentences[sentence].span.of(&self.article.text).to_owned(),
            confidence: 0.8,
            cluster,
            reasons: vec![Reason { field: "type".into(), rule: "test-event".into(), span: Some(span) }],
        });
        self.analysis.events.last_mut().unwrap()
    }
}

pub fn edtf(interval: Interval) -> Option<String> {
    match (interval.from(), interval.to()) {
        (None, None) => None,
        (Some(a), Some(b)) if a == b => Some(a.to_string()),
        (a, b) => {
            let end = |d: Option<Day>| d.map_or("..".to_owned(), |d| d.to_string());
            Some(format!("{}/{}", end(a), end(b)))
        }
    }
}

pub fn takes_part(role: Role, actor: usize, span: Span) -> Participant {
    Participant { role, span, actor: Some(actor), rule: "test-role".to_owned() }
}

/// The press conference in Kyiv, the capture of a village and a briefing in Moscow.
pub fn kyiv() -> Story {
    let mut s = Story::new(
        "On December 22 Zelenskyy spoke at a press conference in Kyiv.\n\
         He said that Russian forces had captured a village in the Sumy region with 13 soldiers.\n\
         The Kremlin said Putin was briefed on the peace plan.",
    )
    .published("2025-12-23")
    .from("Example News")
    .titled("A plan of 20 points");
    let zelenskyy = s.actor(
        "Volodymyr Zelenskyy",
        ActorKind::Person,
        "UKR",
        Some(Sector::Government),
        &["Zelenskyy", "Zelensky", "Ukrainian President"],
    );
    let forces = s.actor("Russian forces", ActorKind::Group, "RUS", Some(Sector::Military), &[]);
    let putin = s.actor("Vladimir Putin", ActorKind::Person, "RUS", Some(Sector::Government), &["Putin"]);
    s.actor("Russia", ActorKind::Country, "RUS", None, &["Moscow"]);
    let kyiv = s.place("Kyiv", "Kyiv", "UKR", None, PlacePrecision::City);
    let sumy = s.place("the Sumy region", "Sumy region", "UKR", Some("Sumy"), PlacePrecision::Region);
    let time = s.time("December 22", on("2025-12-22"));
    let (he, soldiers, kremlin) = (s.span("He"), s.span("13"), s.span("The Kremlin"));
    let (words, words_forces, words_putin) = (s.span("Zelenskyy"), s.span("Russian forces"), s.span("Putin"));

    let e = s.event("press conference", EventType::Statement, on("2025-12-22"));
    e.mode = Some("press-conference".into());
    e.contexts = vec![Context::Diplomatic, Context::Military];
    e.when.timex = Some(time);
    e.when.inferred = true;
    e.place = Some(kyiv);
    e.participants = vec![takes_part(Role::Agent, zelenskyy, words)];

    let e = s.event("captured", EventType::Assault, Interval::until(day("2025-12-23")));
    e.when.basis = Basis::Published;
    e.place = Some(sumy);
    e.modality = Modality::Reported;
    e.confidence = 0.7;
    e.attribution = Some(Attribution { span: he, actor: Some(zelenskyy) });
    e.participants = vec![takes_part(Role::Agent, forces, words_forces)];
    e.counts = vec![Count { kind: CountKind::Captured, low: 13.0, high: Some(13.0), span: soldiers }];

    let e = s.event("briefed", EventType::Consult, Interval::until(day("2025-12-23")));
    e.when.basis = Basis::Published;
    e.modality = Modality::Reported;
    e.attribution = Some(Attribution { span: kremlin, actor: None });
    e.participants = vec![takes_part(Role::Recipient, putin, words_putin)];
    s
}

pub fn saving() -> dateline::store::Saving<'static> {
    dateline::store::Saving { ingested_at: 1_766_500_000, replace: false, linker: Some(&dateline::link::choose) }
}

pub fn updating() -> dateline::store::Saving<'static> {
    dateline::store::Saving { replace: true, ..saving() }
}

pub fn entries(store: &dateline::store::Store, filter: &Filter) -> Vec<Entry> {
    let mut all = Vec::new();
    store
        .for_each_entry::<dateline::store::StoreError>(filter, &mut |entry| {
            all.push(entry);
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    all
}

pub fn by_actor(name: &str) -> Filter {
    Filter { actors: vec![ActorFilter { name: name.to_owned(), role: None, country: None }], ..Filter::default() }
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Everything that must always hold of a database.
pub fn assert_sound(path: &Path) {
    let conn = Connection::open(path).unwrap();
    let one = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0, "foreign keys");
    conn.execute("INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    for (what, sql) in [
        (
            "events without a mention",
            "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.event_id = e.id)",
        ),
        (
            "leads of another event",
            "SELECT count(*) FROM event e LEFT JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention WHERE m.event_id IS NOT e.id",
        ),
        (
            "dates that differ",
            "SELECT count(*) FROM event e JOIN event_actor x ON x.event_id = e.id WHERE (x.lvl, x.type_id) <> (e.lvl, e.type_id) OR x.date_from IS NOT e.date_from OR x.date_to IS NOT e.date_to",
        ),
        (
            "months that differ",
            "SELECT abs((SELECT count(*) FROM event) - (SELECT ifnull(sum(events), 0) FROM event_count))",
        ),
        (
            "counts that differ",
            "SELECT count(*) FROM event e WHERE mentions <> (SELECT count(*) FROM mention m WHERE m.event_id = e.id)",
        ),
    ] {
        let wrong: i64 = conn.query_row(sql, [], |r| r.get(0)).unwrap();
        assert_eq!(wrong, 0, "{what}");
    }
}

pub fn numbered(i: usize) -> Story {
    let mut story = kyiv();
    story.article.title = Some(format!("Article {i}"));
    story.article.text.push_str(&format!("\nNumber {i}."));
    story
}

/// Every row of every table, as text; of the search index only what it indexes.
pub fn dump(path: &Path) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sentence_fts_%' ORDER BY name")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = query.column_count();
        let mut found = query.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|i| cell(row.get_ref(i).unwrap())).collect();
            rows.push(format!("{table}: {}", cells.join(" | ")));
        }
    }
    rows
}

fn cell(value: rusqlite::types::ValueRef<'_>) -> String {
    value.as_str().map_or_else(|_| format!("{value:?}"), str::to_owned)
}
