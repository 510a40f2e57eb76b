use std::borrow::Cow;
use std::path::PathBuf;

/// Where the rules and word lists come from: the files built into the program, or a folder that takes their place.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// The files of `data/` as they were at build time.
    #[default]
    BuiltIn,
    /// A folder of the same layout. A file that it does not have is taken from the built-in ones.
    Folder(PathBuf),
}

/// What is wrong with a file of `data/`: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {problem}", line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct DataError {
    /// Path below the data folder, such as `time/relative.toml`.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub problem: String,
}

impl DataError {
    /// An error at byte `offset` of `text`.
    pub fn at(file: &str, text: &str, offset: usize, problem: impl Into<String>) -> DataError {
        let line = text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1;
        DataError { file: file.to_owned(), line: Some(line), problem: problem.into() }
    }

    /// An error on a line, from 1.
    pub fn on_line(file: &str, line: usize, problem: impl Into<String>) -> DataError {
        DataError { file: file.to_owned(), line: Some(line), problem: problem.into() }
    }

    /// A syntax error that the TOML reader found, with its place.
    pub fn toml(file: &str, text: &str, error: &toml::de::Error) -> DataError {
        DataError::at(file, text, error.span().map_or(0, |s| s.start), error.message())
    }
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        /// Every built-in file: its path below `data/`, and its text.
        const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $name)))),*];
    };
}

built_in![
    "actors/countries.tsv",
    "events/business.toml",
    "events/conflict.toml",
    "events/disaster.toml",
    "events/government.toml",
    "events/justice.toml",
    "events/life.toml",
    "events/politics.toml",
    "events/statement.toml",
    "words/lists.toml",
    "words/roles.tsv",
];

impl Data {
    /// The text of one file, by its path below the data folder.
    pub fn read(&self, name: &str) -> Result<Cow<'static, str>, DataError> {
        if let Data::Folder(folder) = self {
            match std::fs::read_to_string(folder.join(name)) {
                Ok(text) => return Ok(Cow::Owned(text)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    let problem = format!("cannot be read: {error}");
                    return Err(DataError { file: name.to_owned(), line: None, problem });
                }
            }
        }
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
        built_in.map(|(_, text)| Cow::Borrowed(*text)).ok_or_else(|| DataError {
            file: name.to_owned(),
            line: None,
            problem: "there is no such file, neither in the data folder nor built in".into(),
        })
    }

    /// The names of the files in one group, such as `events`: the built-in ones and those that a folder adds, sorted.
    pub fn list(&self, group: &str) -> Result<Vec<String>, DataError> {
        let prefix = format!("{group}/");
        let mut names: Vec<String> =
            BUILT_IN.iter().map(|(name, _)| *name).filter(|n| n.starts_with(&prefix)).map(str::to_owned).collect();
        if let Data::Folder(folder) = self
            && let Ok(entries) = std::fs::read_dir(folder.join(group))
        {
            let own = entries.flatten().map(|e| format!("{prefix}{}", e.file_name().to_string_lossy()));
            names.extend(own.filter(|n| n.ends_with(".toml") || n.ends_with(".tsv")));
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
}

/// The rows of a TSV file with their line numbers: comments (`#`) and blank lines left out, the header checked.
pub fn rows<'t>(file: &str, text: &'t str, header: &[&str]) -> Result<Vec<(usize, Vec<&'t str>)>, DataError> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l.trim_end_matches('\r')))
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    match lines.next() {
        Some((_, first)) if first.split('\t').eq(header.iter().copied()) => {}
        first => {
            let line = first.map_or(1, |(n, _)| n);
            return Err(DataError::on_line(file, line, format!("the header must be: {}", header.join(" <tab> "))));
        }
    }
    lines
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() == header.len() {
                Ok((number, cells))
            } else {
                let problem =
                    format!("{} columns instead of {}; columns are parted by tabs", cells.len(), header.len());
                Err(DataError::on_line(file, number, problem))
            }
        })
        .collect()
}

/// The members of a cell that holds a list joined by `|`.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|c| !c.is_empty())
}
