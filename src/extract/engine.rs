use std::panic::{AssertUnwindSafe, catch_unwind};

use super::actors::Cast;
pub use super::events::Seen;
use super::events::{Clauses, extract, look};
use super::locate::locate;
use super::mend::mend;
use super::times::find_times;
use super::tree::Tree;
use super::zones::{place, zones};
use crate::language::{Brought, Parser, Syntax};
use crate::lexicon::{
    Confidence, Countries, Data, EventRules, Gazetteer, Leaders, LexiconError, Organisations, TimeRules, Words,
};
use crate::model::{Analysis, Article, Day, Note, Published, PublishedBasis, SentenceSpan, Span, Timex};
use crate::text::{self, Document, Languages};

/// The compiled rules and word lists that the extraction reads by.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Countries and their words.
    pub countries: Countries,
    /// Organisations that need no introduction.
    pub organisations: Organisations,
    /// People in high office.
    pub leaders: Leaders,
    /// Cities and regions.
    pub gazetteer: Gazetteer,
    /// Role nouns and word lists.
    pub words: Words,
    /// Event rules.
    pub events: EventRules,
    /// How sure an event is by how its type was found.
    pub confidence: Confidence,
    /// Time rules.
    pub times: TimeRules,
}

impl Lexicon {
    /// Reads and checks all of it; the first thing that is wrong is the error.
    pub fn load(data: &Data) -> Result<Lexicon, LexiconError> {
        let words = Words::load(data)?;
        Ok(Lexicon {
            countries: Countries::load(data)?,
            organisations: Organisations::load(data)?,
            leaders: Leaders::load(data)?,
            gazetteer: Gazetteer::load(data)?,
            events: EventRules::load(data, &words)?,
            confidence: Confidence::load(data)?,
            times: TimeRules::load(data)?,
            words,
        })
    }
}

/// The whole analysis: rules, word lists and the model of the language. One serves all threads.
pub struct Engine {
    lexicon: Lexicon,
    parser: &'static dyn Parser,
}

impl Engine {
    /// An engine with these rules and this parser.
    pub fn new(lexicon: Lexicon, parser: &'static dyn Parser) -> Engine {
        Engine { lexicon, parser }
    }

    /// The rules it reads by.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The time expressions in a span of an article's head.
    fn dates_of(&self, span: Span, article: &Article) -> Vec<Timex> {
        let text = span.of(&article.text);
        let mut found = find_times(&Document::of(text), None, article.published, &self.lexicon.times).times;
        for timex in &mut found {
            timex.span = Span { start: timex.span.start + span.start, end: timex.span.end + span.start };
        }
        found
    }

    /// The time expressions of a short text such as a date line, read against a day if one is known.
    pub fn dates(&self, text: &str, published: Option<Day>) -> Vec<Timex> {
        let published = published.map(|day| Published { day, basis: PublishedBasis::Given });
        find_times(&Document::of(text), None, published, &self.lexicon.times).times
    }

    /// All that is understood of an article. Never fails; the same article always gives the same analysis.
    ///
    /// A defect of this program shows as an analysis with nothing but a note, so that one article never takes the others
    /// with it.
    pub fn analyse(&self, article: &Article) -> Analysis {
        safely(|| {
            let document = text::document(&article.text, &zones(article));
            self.read(article, &document, &self.syntax(&document), None)
        })
    }

    /// The same, but with events at the words that somebody else found to tell of events: one for each of `triggers`, in
    /// their order, whatever the rules think of them and in whatever language. Spans that hold no word of the text have
    /// no event.
    pub fn analyse_at(&self, article: &Article, triggers: &[Span]) -> Analysis {
        safely(|| {
            let document = text::document(&article.text, &zones(article));
            self.read(article, &document, &self.syntax(&document), Some(triggers))
        })
    }

    /// The same for an article that another program has parsed; its text is that of `brought`.
    pub fn analyse_brought(&self, article: &Article, brought: &Brought) -> Analysis {
        safely(|| {
            let mut document = brought.document();
            place(&mut document, &zones(article));
            self.read(article, &document, &brought.syntax(self.parser), None)
        })
    }

    /// What the classifier of types sees of a clause with a word in it that tells of something, and what the rules alone
    /// make of it; `None` where there is no word. For the trainer.
    pub fn look(&self, clause: &str, trigger: Span) -> Option<Seen> {
        let article = Article::from_text(clause);
        let document = text::document(clause, &zones(&article));
        let syntax = self.syntax(&document);
        let tree = Tree::new(&document, &syntax);
        let times = find_times(&document, Some(&syntax), None, &self.lexicon.times).times;
        let cast = Cast::read(&tree, &self.lexicon, None);
        let clauses = Clauses {
            tree: &tree,
            lexicon: &self.lexicon,
            cast: &cast,
            times: &times,
            published: None,
            narrative: false,
            title: None,
            inferred: false,
        };
        look(&clauses, trigger)
    }

    /// What the parser says, without the trees that grammar does not allow.
    fn syntax(&self, document: &Document<'_>) -> Syntax {
        mend(document, &self.lexicon.words, &self.lexicon.events, self.parser.parse(document))
    }

    fn read(&self, article: &Article, document: &Document<'_>, syntax: &Syntax, triggers: Option<&[Span]>) -> Analysis {
        let languages = text::languages(document, article.language);
        let tree = Tree::new(document, syntax);
        let found = find_times(document, Some(syntax), article.published, &self.lexicon.times);
        let (times, mut notes, narrative) = (found.times, found.notes, found.narrative);
        let cast = Cast::read(&tree, &self.lexicon, article.published.map(|p| p.day.year()));
        let clauses = Clauses {
            tree: &tree,
            lexicon: &self.lexicon,
            cast: &cast,
            times: &times,
            published: article.published.map(|p| p.day),
            narrative,
            title: article.title.as_deref(),
            inferred: article.published.is_some_and(|p| p.basis == PublishedBasis::Inferred),
        };
        let mut found = extract(&clauses, triggers);
        locate(&self.lexicon, &cast, article.place.as_deref(), &mut found.places);
        // The rules know English alone: what they read into other languages is nonsense.
        let foreign = |paragraph: u32| languages.foreign.binary_search_by_key(&paragraph, |f| f.0).is_ok();
        if triggers.is_none() && !languages.foreign.is_empty() {
            let main = found.main_event.map(|m| found.events[m].trigger.span);
            found.events.retain(|event| !foreign(document.sentences[event.sentence].paragraph));
            found.main_event = found.events.iter().position(|e| Some(e.trigger.span) == main);
        }
        notes.extend(unread(&languages, document));
        let sentences = document
            .sentences
            .iter()
            .map(|s| SentenceSpan { span: s.span, zone: s.zone, paragraph: s.paragraph })
            .collect();
        // The date of the head was read apart: it dates no event, but it is a time expression of the text.
        let (mut times, mut events) = (times, found.events);
        if let Some(head) = article.head.date {
            let mut before = self.dates_of(head, article);
            before.retain(|t| times.iter().all(|own| !own.span.overlaps(t.span)));
            let shift = before.len();
            for timex in &mut times {
                timex.anchor = timex.anchor.map(|a| a + shift);
                timex.until = timex.until.map(|u| u + shift);
            }
            for event in &mut events {
                event.when.timex = event.when.timex.map(|t| t + shift);
            }
            before.append(&mut times);
            times = before;
        }
        Analysis {
            language: languages.main,
            foreign_paragraphs: languages.foreign.len() as u32,
            sentences,
            events,
            main_event: found.main_event,
            places: found.places,
            times,
            actors: cast.actors,
            mentions: cast.mentions,
            notes,
        }
    }
}

/// What a reading gives, or a note if a defect of this program ended it.
fn safely(read: impl FnOnce() -> Analysis) -> Analysis {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Analysis {
        notes: vec![Note { span: None, text: "the analysis of this article failed; please report it".into() }],
        ..Analysis::default()
    })
}

/// What to say of paragraphs that are not English.
fn unread(languages: &Languages, document: &Document<'_>) -> Option<Note> {
    let first = languages.foreign.first()?;
    let mut names: Vec<String> = Vec::new();
    for (_, language) in &languages.foreign {
        let name = format!("{} ({language})", language.name().unwrap_or("another language"));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(", ");
    let paragraphs = document.sentences.last().map_or(0, |s| s.paragraph as usize + 1);
    let what = match languages.foreign.len() {
        n if n == paragraphs => format!("the text is {names}"),
        1 => format!("one paragraph is {names}"),
        n => format!("{n} paragraphs are {names}"),
    };
    let sentence = document.sentences.iter().find(|s| s.paragraph == first.0);
    let text = format!("{what}, not English: only dates and names were looked for there, no events");
    Some(Note { span: sentence.map(|s| s.span), text })
}
