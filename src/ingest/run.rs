use std::fs::File;
use std::io::{self, Read};
use std::sync::Mutex;

use super::published::{Inference, infer_published};
use super::readers::{Piece, Place, Reading, Source, pieces};
use super::{Given, decode, ordered, read_brought};
use crate::extract::Engine;
use crate::language::Brought;
use crate::link::Judge;
use crate::model::{Analysis, Article, Day, EventFacts, Published};
use crate::store::{Saved, Saving, Store, StoreError};

/// How to ingest.
#[derive(Clone, Debug)]
pub struct Ingest {
    /// What the user says of the articles.
    pub given: Given,
    /// The inputs are CoNLL-U: articles that another program has parsed.
    pub conllu: bool,
    /// The format, columns and limits to read with.
    pub source: Source,
    /// Analyse articles again that are there already.
    pub update: bool,
    /// Today: no article was published after it.
    pub today: Day,
    /// When the articles are read, in seconds since 1970-01-01 00:00 UTC.
    pub ingested_at: i64,
}

/// What became of one article.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is in the database now, or was already.
    Done {
        /// Where it was read from: file, and line for JSON Lines.
        name: String,
        /// What saving it did.
        saved: Saved,
        /// Its publication date, if known or inferred.
        published: Option<Published>,
        /// What the reader should know.
        notes: Vec<String>,
        /// Some of it is in another language than English, which the notes say.
        foreign: bool,
    },
    /// It could not be read.
    Failed {
        /// Where it was to be read from.
        name: String,
        /// Why not, and what to do.
        reason: String,
    },
}

/// Reads, analyses and saves every article of the inputs, on all cores with one writer, one transaction an article, in
/// the order of the inputs. Each outcome is handed to `tell`; articles that cannot be read do not stop the others.
///
/// # Errors
/// Only when the database itself fails; what was saved before stays.
pub fn ingest(
    engine: &Engine,
    judge: &Judge,
    store: &mut Store,
    reader: Store,
    inputs: Vec<Place>,
    how: &Ingest,
    mut tell: impl FnMut(Outcome),
) -> Result<(), StoreError> {
    let known = Mutex::new(reader);
    let jobs: Box<dyn Iterator<Item = Job>> = if how.conllu {
        Box::new(inputs.into_iter().flat_map(|input| parsed(input, how)))
    } else {
        Box::new(pieces(inputs, how.source.clone()).map(Job::Piece))
    };
    let linker = |new: &EventFacts, candidates: &[EventFacts]| judge.choose(new, candidates);
    let saving = Saving { ingested_at: how.ingested_at, replace: how.update, linker: Some(&linker) };
    let work = |job: Job| prepare(engine, &known, job, how);
    ordered(jobs, work, |ready| {
        let outcome = match ready {
            Ready::Failed { name, reason } => Outcome::Failed { name, reason },
            Ready::Known { name, saved, published } => {
                Outcome::Done { name, saved, published, notes: Vec::new(), foreign: false }
            }
            Ready::Fresh(fresh) => {
                let Fresh { name, article, analysis, notes } = *fresh;
                let foreign = analysis.foreign_paragraphs > 0;
                match store.save(&article, &analysis, &saving) {
                    Ok(saved) => Outcome::Done { name, saved, published: article.published, notes, foreign },
                    Err(error) if error.fault.is_of_article() => {
                        Outcome::Failed { name, reason: error.fault.to_string() }
                    }
                    Err(error) => return Err(error),
                }
            }
        };
        tell(outcome);
        Ok(())
    })
}

/// One article still to be read.
enum Job {
    /// What a reader found.
    Piece(Piece),
    /// A document of a CoNLL-U file, with the number of its first line.
    Parsed { name: String, part: Result<(usize, String), String>, changed: Option<Day> },
}

enum Ready {
    Failed { name: String, reason: String },
    Known { name: String, saved: Saved, published: Option<Published> },
    Fresh(Box<Fresh>),
}

struct Fresh {
    name: String,
    article: Article,
    analysis: Analysis,
    notes: Vec<String>,
}

/// A CoNLL-U file may be so many times larger than the largest article.
const FILE_OF_ARTICLES: u64 = 100;

/// The documents of a CoNLL-U file.
fn parsed(input: Place, how: &Ingest) -> Box<dyn Iterator<Item = Job>> {
    let most = how.source.caps.article.saturating_mul(FILE_OF_ARTICLES);
    let (name, text, changed) = match &input {
        Place::File(path) => (path.display().to_string(), read_file(path, most), changed_on(path)),
        Place::Url(url) => (url.clone(), Err("CoNLL-U is not fetched; save it and read the file".to_owned()), None),
        Place::Stdin => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes);
            let text = read.map_err(|e| e.to_string()).and_then(|_| text_of(&bytes, most));
            ("stdin".to_owned(), text, None)
        }
    };
    let parts: Vec<Result<(usize, String), String>> = match text {
        Ok(text) => crate::language::parts(&text).map(|(line, part)| Ok((line, part.to_owned()))).collect(),
        Err(reason) => vec![Err(reason)],
    };
    let job = move |part| Job::Parsed { name: name.clone(), part, changed };
    Box::new(parts.into_iter().map(job))
}

pub(super) fn changed_on(path: &std::path::Path) -> Option<Day> {
    std::fs::metadata(path).ok().and_then(|m| day_of(m.modified().ok()?))
}

fn too_large(limit: u64) -> String {
    format!("it is larger than {limit} bytes; raise --max-bytes to read it")
}

fn prepare(engine: &Engine, known: &Mutex<Store>, job: Job, how: &Ingest) -> Ready {
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let (mut brought, mut from) = (None, None);
    let (name, read, changed) = match job {
        Job::Piece(Piece { name, content, changed, url, .. }) => {
            from = url;
            let reading = Reading { dates: &dates, today: how.today, caps: how.source.caps };
            (name, content.and_then(|content| content.read(&reading).map_err(|(_, reason)| reason)), changed)
        }
        Job::Parsed { name, part, changed } => {
            let read = part.and_then(|(line, part)| {
                if part.len() as u64 > how.source.caps.article {
                    return Err(too_large(how.source.caps.article));
                }
                let read = Brought::read(&part, line).map_err(|e| e.to_string())?;
                let article = read_brought(&read, &dates);
                brought = Some(read);
                Ok(article)
            });
            (name, read, changed)
        }
    };
    let mut article = match read {
        Ok(article) => article,
        Err(reason) => return Ready::Failed { name, reason },
    };
    article.origin = Some(name.clone());
    article.url = article.url.take().or(from);
    how.given.apply(&mut article);
    let mut notes = Vec::new();
    if article.published.is_none() {
        let limit = changed.filter(|day| *day < how.today).unwrap_or(how.today);
        notes.push(infer(&mut article, limit, &dates));
    }
    if !how.update
        && let Ok(store) = known.lock()
        && let Ok(Some(id)) = store.find_article(&article)
    {
        return Ready::Known { name, saved: Saved::Unchanged(id), published: article.published };
    }
    let analysis = match &brought {
        Some(brought) => engine.analyse_brought(&article, brought),
        None => engine.analyse(&article),
    };
    notes.extend(brought.iter().flat_map(|brought| brought.notes.clone()));
    notes.extend(analysis.notes.iter().map(|n| n.text.clone()));
    Ready::Fresh(Box::new(Fresh { name, article, analysis, notes }))
}

/// Infers the publication date of an article that has none, and says what came of it.
pub fn infer(
    article: &mut Article,
    limit: Day,
    dates: &dyn Fn(&str, Option<Day>) -> Vec<crate::model::Timex>,
) -> String {
    match infer_published(article, limit, dates) {
        Inference::Found(published) => {
            article.published = Some(published);
            let year = published.day.year();
            format!(
                "no publication date; {} was inferred from the dates it speaks of (dates without a year are read as {year} \
                 or near it); --published sets it",
                published.day
            )
        }
        Inference::History => {
            "no publication date, and none was inferred: its dates range over many years; --published sets it".into()
        }
        Inference::NoDates => {
            "no publication date, and no date to infer it from: relative dates stay unknown; --published sets it".into()
        }
    }
}

fn read_file(path: &std::path::Path, max_bytes: u64) -> Result<String, String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    text_of(&bytes, max_bytes)
}

fn text_of(bytes: &[u8], max_bytes: u64) -> Result<String, String> {
    if bytes.len() as u64 > max_bytes {
        return Err(too_large(max_bytes));
    }
    decode(bytes).map_err(|e| e.to_string())
}

/// The day of a file's time stamp, UTC.
fn day_of(time: std::time::SystemTime) -> Option<Day> {
    let seconds = time.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Day::from_number(i32::try_from(seconds / 86_400).ok()?)
}
