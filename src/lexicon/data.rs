use std::borrow::Cow;
use std::path::PathBuf;

use super::LexiconError;

/// The files that are built into the program: path under `data/`, and text.
const BUILT_IN: &[(&str, &str)] = &[
    ("actors/countries.tsv", include_str!("../../data/actors/countries.tsv")),
    ("actors/leaders.tsv", include_str!("../../data/actors/leaders.tsv")),
    ("actors/organisations.tsv", include_str!("../../data/actors/organisations.tsv")),
    ("events/business.toml", include_str!("../../data/events/business.toml")),
    ("events/confidence.tsv", include_str!("../../data/events/confidence.tsv")),
    ("events/conflict.toml", include_str!("../../data/events/conflict.toml")),
    ("events/dealings.toml", include_str!("../../data/events/dealings.toml")),
    ("events/diplomacy.toml", include_str!("../../data/events/diplomacy.toml")),
    ("events/disaster.toml", include_str!("../../data/events/disaster.toml")),
    ("events/government.toml", include_str!("../../data/events/government.toml")),
    ("events/justice.toml", include_str!("../../data/events/justice.toml")),
    ("events/life.toml", include_str!("../../data/events/life.toml")),
    ("events/measures.toml", include_str!("../../data/events/measures.toml")),
    ("events/politics.toml", include_str!("../../data/events/politics.toml")),
    ("events/statement.toml", include_str!("../../data/events/statement.toml")),
    ("events/wider.toml", include_str!("../../data/events/wider.toml")),
    ("places/gazetteer.tsv", include_str!("../../data/places/gazetteer.tsv")),
    ("link/kin.tsv", include_str!("../../data/link/kin.tsv")),
    ("link/wordnet.tsv", include_str!("../../data/link/wordnet.tsv")),
    ("words/first_names.tsv", include_str!("../../data/words/first_names.tsv")),
    ("words/lists.toml", include_str!("../../data/words/lists.toml")),
    ("words/people.tsv", include_str!("../../data/words/people.tsv")),
    ("words/roles.tsv", include_str!("../../data/words/roles.tsv")),
    ("time/absolute.toml", include_str!("../../data/time/absolute.toml")),
    ("time/clock.toml", include_str!("../../data/time/clock.toml")),
    ("time/decade-century-era.toml", include_str!("../../data/time/decade-century-era.toml")),
    ("time/duration.toml", include_str!("../../data/time/duration.toml")),
    ("time/holiday.toml", include_str!("../../data/time/holiday.toml")),
    ("time/not-a-date.toml", include_str!("../../data/time/not-a-date.toml")),
    ("time/quarter.toml", include_str!("../../data/time/quarter.toml")),
    ("time/range.toml", include_str!("../../data/time/range.toml")),
    ("time/relative.toml", include_str!("../../data/time/relative.toml")),
    ("time/season.toml", include_str!("../../data/time/season.toml")),
    ("time/set.toml", include_str!("../../data/time/set.toml")),
    ("time/vague.toml", include_str!("../../data/time/vague.toml")),
    ("time/words.toml", include_str!("../../data/time/words.toml")),
];

/// Where rules and word lists come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// The files built into the program.
    #[default]
    BuiltIn,
    /// A folder laid out like `data/`. Its files replace the built-in ones of the same path and add to them; built-in
    /// files that it does not have stay in force.
    Folder(PathBuf),
}

/// One file under `data/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// How to call it in messages: `data/time/relative.toml`, or the path in the folder that was given.
    pub name: String,
    /// Path under `data/`, with `/` between folders.
    pub path: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

impl Data {
    /// The files of one folder under `data/` with an ending such as `.toml`, sorted by path. Folders inside are not
    /// entered.
    ///
    /// ```
    /// use dateline::lexicon::Data;
    /// let files = Data::BuiltIn.files("time", ".toml").unwrap();
    /// assert!(files.iter().any(|f| f.name == "data/time/relative.toml"));
    /// ```
    pub fn files(&self, folder: &str, ending: &str) -> Result<Vec<DataFile>, LexiconError> {
        let inside =
            |path: &str| path.strip_prefix(folder).and_then(|p| p.strip_prefix('/')).is_some_and(|p| !p.contains('/'));
        let mut files: Vec<DataFile> = BUILT_IN
            .iter()
            .filter(|(path, _)| inside(path) && path.ends_with(ending))
            .map(|&(path, text)| DataFile {
                name: format!("data/{path}"),
                path: path.to_owned(),
                text: Cow::Borrowed(text),
            })
            .collect();
        if let Data::Folder(root) = self {
            let read_error = |path: &std::path::Path, error: std::io::Error| LexiconError {
                file: path.display().to_string(),
                line: 0,
                problem: format!("cannot be read: {error}"),
                fix: "check the path given with --data and the file's permissions; files are UTF-8".into(),
            };
            let dir = root.join(folder);
            let entries = match std::fs::read_dir(&dir) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound && root.is_dir() => return Ok(files),
                Err(error) => return Err(read_error(&dir, error)),
            };
            for entry in entries {
                let path = entry.map_err(|e| read_error(&dir, e))?.path();
                let Some(name) = path.file_name().and_then(|n| n.to_str()).filter(|n| n.ends_with(ending)) else {
                    continue;
                };
                let text = std::fs::read_to_string(&path).map_err(|e| read_error(&path, e))?;
                let key = format!("{folder}/{name}");
                files.retain(|f| f.path != key);
                files.push(DataFile { name: path.display().to_string(), path: key, text: Cow::Owned(text) });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// One file, by its path under `data/`.
    pub fn file(&self, path: &str) -> Result<DataFile, LexiconError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let found = self.files(folder, name)?.into_iter().find(|f| f.path == path);
        found.ok_or_else(|| LexiconError {
            file: format!("data/{path}"),
            line: 0,
            problem: "there is no such file".into(),
            fix: "give it in the folder of --data".into(),
        })
    }
}
