use std::panic::{AssertUnwindSafe, catch_unwind};

use super::actors::Cast;
use super::events::{Clauses, extract};
use super::times::find_times;
use super::tree::Tree;
use super::zones::zones;
use crate::language::Parser;
use crate::lexicon::{Countries, Data, EventRules, LexiconError, TimeRules, Words};
use crate::model::{Analysis, Article, Day, Note, Published, PublishedBasis, SentenceSpan, Timex};
use crate::text::{self, Document};

/// The compiled rules and word lists that the extraction reads by.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Countries and their words.
    pub countries: Countries,
    /// Role nouns and word lists.
    pub words: Words,
    /// Event rules.
    pub events: EventRules,
    /// Time rules.
    pub times: TimeRules,
}

impl Lexicon {
    /// Reads and checks all of it; the first thing that is wrong is the error.
    pub fn load(data: &Data) -> Result<Lexicon, LexiconError> {
        let words = Words::load(data)?;
        Ok(Lexicon {
            countries: Countries::load(data)?,
            events: EventRules::load(data, &words)?,
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
        catch_unwind(AssertUnwindSafe(|| self.read(article))).unwrap_or_else(|_| Analysis {
            notes: vec![Note { span: None, text: "the analysis of this article failed; please report it".into() }],
            ..Analysis::default()
        })
    }

    fn read(&self, article: &Article) -> Analysis {
        let document = text::document(&article.text, &zones(article));
        let syntax = self.parser.parse(&document);
        let tree = Tree::new(&document, &syntax);
        let found = find_times(&document, Some(&syntax), article.published, &self.lexicon.times);
        let (times, notes) = (found.times, found.notes);
        let cast = Cast::read(&tree, &self.lexicon);
        let clauses = Clauses {
            tree: &tree,
            lexicon: &self.lexicon,
            cast: &cast,
            times: &times,
            published: article.published.map(|p| p.day),
            inferred: article.published.is_some_and(|p| p.basis == PublishedBasis::Inferred),
            occasions: Default::default(),
        };
        let found = extract(&clauses);
        let sentences = document
            .sentences
            .iter()
            .map(|s| SentenceSpan { span: s.span, zone: s.zone, paragraph: s.paragraph })
            .collect();
        Analysis {
            sentences,
            events: found.events,
            places: found.places,
            times,
            actors: cast.actors,
            mentions: cast.mentions,
            notes,
        }
    }
}
