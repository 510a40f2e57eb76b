use super::{DataFile, LexiconError};

/// The rows of a TSV file with their line numbers, from 1: comments (`#`) and blank lines left out, the header checked.
pub fn rows<'t>(file: &'t DataFile, header: &[&str]) -> Result<Vec<(usize, Vec<&'t str>)>, LexiconError> {
    let mut lines = file
        .text
        .lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l.trim_end_matches('\r')))
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    match lines.next() {
        Some((_, first)) if first.split('\t').eq(header.iter().copied()) => {}
        first => {
            let fix = format!("the first line that is no comment must be: {}", header.join(" <tab> "));
            return Err(wrong(file, first.map_or(1, |(n, _)| n), "the header is missing or another one", fix));
        }
    }
    lines
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() == header.len() {
                return Ok((number, cells));
            }
            let problem = format!("{} columns instead of {}", cells.len(), header.len());
            Err(wrong(file, number, problem, "part the columns by tabs; an empty column keeps its tab"))
        })
        .collect()
}

/// The members of a cell that holds a list joined by `|`.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|c| !c.is_empty())
}

/// A year, or nothing where the cell is empty: the line holds from or to the end of time.
pub fn year(file: &DataFile, line: usize, cell: &str) -> Result<Option<i32>, LexiconError> {
    match cell {
        "" => Ok(None),
        cell => cell
            .parse()
            .map(Some)
            .map_err(|_| wrong(file, line, format!("\"{cell}\" is no year"), "write a year, or nothing if it is open")),
    }
}

/// An error on one line of a file.
pub fn wrong(file: &DataFile, line: usize, problem: impl Into<String>, fix: impl Into<String>) -> LexiconError {
    LexiconError { file: file.name.clone(), line, problem: problem.into(), fix: fix.into() }
}
