use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::sync::Mutex;

use super::published::{Inference, infer_published};
use super::{Given, decode, ordered, parse_line, read_brought, read_text};
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
    /// Larger articles are refused, in bytes.
    pub max_bytes: u64,
    /// Analyse articles again that are there already.
    pub update: bool,
    /// Today: no article was published after it.
    pub today: Day,
    /// When the articles are read, in seconds since 1970-01-01 00:00 UTC.
    pub ingested_at: i64,
}

/// Something to read.
pub enum Input {
    /// A file of one article, or of one article a line (`.jsonl`, `.ndjson`).
    File(PathBuf),
    /// Standard input: JSON Lines if it starts with `{`, else one article.
    Stdin,
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
    inputs: Vec<Input>,
    how: &Ingest,
    mut tell: impl FnMut(Outcome),
) -> Result<(), StoreError> {
    let known = Mutex::new(reader);
    let jobs =
        inputs.into_iter().flat_map(|input| if how.conllu { parsed(input, how) } else { jobs(input, how.max_bytes) });
    let linker = |new: &EventFacts, candidates: &[EventFacts]| judge.choose(new, candidates);
    let saving = Saving { ingested_at: how.ingested_at, replace: how.update, linker: &linker };
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
    File(PathBuf),
    Text {
        name: String,
        bytes: io::Result<Vec<u8>>,
    },
    Line {
        name: String,
        line: io::Result<String>,
        changed: Option<Day>,
    },
    /// A document of a CoNLL-U file, with the number of its first line.
    Parsed {
        name: String,
        part: Result<(usize, String), String>,
        changed: Option<Day>,
    },
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

fn jobs(input: Input, max_bytes: u64) -> Box<dyn Iterator<Item = Job>> {
    match input {
        Input::File(path) if is_lines(&path) => {
            let name = path.display().to_string();
            match File::open(&path) {
                Ok(file) => {
                    let changed = changed_on(&path);
                    lines(name, io::BufReader::new(file), changed, max_bytes)
                }
                Err(error) => Box::new(std::iter::once(Job::Text { name, bytes: Err(error) })),
            }
        }
        Input::File(path) => Box::new(std::iter::once(Job::File(path))),
        Input::Stdin => {
            let mut stdin = io::BufReader::new(io::stdin());
            let json = stdin.fill_buf().is_ok_and(|b| b.trim_ascii_start().starts_with(b"{"));
            if json {
                return lines("stdin".into(), stdin, None, max_bytes);
            }
            let mut bytes = Vec::new();
            let read = stdin.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes);
            Box::new(std::iter::once(Job::Text { name: "stdin".into(), bytes: read }))
        }
    }
}

/// A CoNLL-U file may be so many times larger than the largest article.
const FILE_OF_ARTICLES: u64 = 100;

/// The documents of a CoNLL-U file.
fn parsed(input: Input, how: &Ingest) -> Box<dyn Iterator<Item = Job>> {
    let most = how.max_bytes.saturating_mul(FILE_OF_ARTICLES);
    let (name, text, changed) = match &input {
        Input::File(path) => (path.display().to_string(), read_file(path, most), changed_on(path)),
        Input::Stdin => {
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

fn changed_on(path: &std::path::Path) -> Option<Day> {
    std::fs::metadata(path).ok().and_then(|m| day_of(m.modified().ok()?))
}

fn is_lines(path: &std::path::Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    matches!(extension.as_str(), "jsonl" | "ndjson")
}

fn lines(
    name: String,
    input: impl BufRead + 'static,
    changed: Option<Day>,
    max_bytes: u64,
) -> Box<dyn Iterator<Item = Job>> {
    let lines = Lines { input, limit: max_bytes, ended: false };
    Box::new(
        lines
            .enumerate()
            .filter(|(_, line)| !matches!(line, Ok(text) if text.trim().is_empty()))
            .map(move |(number, line)| Job::Line { name: format!("{name}:{}", number + 1), line, changed }),
    )
}

/// The lines of a reader, none longer than a limit: a longer one is an error of its own, and the next line follows.
pub struct Lines<R> {
    input: R,
    limit: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`, each at most `limit` bytes long.
    pub fn new(input: R, limit: u64) -> Lines<R> {
        Lines { input, limit, ended: false }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::new();
        match (&mut self.input).take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) if bytes.len() as u64 > self.limit && !bytes.ends_with(b"\n") => {
                if let Err(error) = self.input.skip_until(b'\n') {
                    self.ended = true;
                    return Some(Err(error));
                }
                Some(Err(io::Error::new(io::ErrorKind::InvalidData, too_large(self.limit))))
            }
            Ok(_) => {
                let bad = |_| io::Error::new(io::ErrorKind::InvalidData, "the line is not UTF-8");
                Some(String::from_utf8(bytes).map_err(bad))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

fn too_large(limit: u64) -> String {
    format!("it is larger than {limit} bytes; raise --max-bytes to read it")
}

fn prepare(engine: &Engine, known: &Mutex<Store>, job: Job, how: &Ingest) -> Ready {
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let mut brought = None;
    let (name, read, changed) = match job {
        Job::File(path) => {
            let changed = changed_on(&path);
            (path.display().to_string(), read_file(&path, how.max_bytes).map(|t| read_text(t, &dates)), changed)
        }
        Job::Text { name, bytes } => {
            let text = bytes.map_err(|e| e.to_string()).and_then(|b| text_of(&b, how.max_bytes));
            (name, text.map(|t| read_text(t, &dates)), None)
        }
        Job::Line { name, line, changed } => {
            let read = line.map_err(|e| e.to_string()).and_then(|l| parse_line(&l, &dates).map_err(|e| e.reason));
            (name, read, changed)
        }
        Job::Parsed { name, part, changed } => {
            let read = part.and_then(|(line, part)| {
                if part.len() as u64 > how.max_bytes {
                    return Err(too_large(how.max_bytes));
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
