//! Names that stand for one place wherever they are read: countries and their capitals.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of the longest name that is looked up.
pub const LONGEST: usize = 5;

/// Names of countries and capitals, without those that our list of first names has.
static PLACES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let rows = |text: &'static str| text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let people: HashSet<&str> = rows(include_str!("../../data/words/first_names.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, names)| names.split('|'))
        .collect();
    // Columns: code, name, other names, people, capitals.
    rows(include_str!("../../data/actors/countries.tsv"))
        .flat_map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            [1, 2, 4].map(|n| columns.get(n).copied().unwrap_or_default())
        })
        .flat_map(|names| names.split('|'))
        .filter(|name| !name.is_empty() && !people.contains(name))
        .collect()
});

/// Whether words, with single blanks between them, name a country or a capital.
pub fn is_place(words: &str) -> bool {
    PLACES.contains(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_capitals_are_places_and_first_names_are_not() {
        assert!(["Moldova", "Sri Lanka", "South Korea", "Tallinn"].into_iter().all(is_place));
        assert!(!["Anna", "Moldovan", "name", ""].into_iter().any(is_place));
        assert!(PLACES.iter().all(|name| name.split(' ').count() <= LONGEST || name.contains(" of ")));
    }
}
