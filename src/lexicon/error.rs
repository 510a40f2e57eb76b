use std::fmt;

/// What is wrong with a file under `data/`, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// The file, such as `data/time/relative.toml`.
    pub file: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub fix: String,
}

impl LexiconError {
    /// An error at a byte of the text of a file.
    pub fn at(file: &str, text: &str, byte: usize, problem: impl Into<String>, fix: impl Into<String>) -> LexiconError {
        let line = text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1;
        LexiconError { file: file.to_owned(), line, problem: problem.into(), fix: fix.into() }
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.problem)?;
        if self.fix.is_empty() { Ok(()) } else { write!(f, "\n  fix: {}", self.fix) }
    }
}

impl std::error::Error for LexiconError {}
