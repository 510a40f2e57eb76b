use crate::text::Document;

/// Words that say nothing of what an article is about; sorted.
const COMMON: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "am", "an", "and", "another", "any", "are",
    "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "come", "could",
    "did", "do", "does", "down", "during", "each", "even", "first", "for", "from", "get", "give", "go", "had", "has",
    "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "last",
    "like", "made", "make", "many", "may", "might", "more", "most", "much", "must", "n't", "new", "no", "nor", "not",
    "now", "of", "off", "on", "one", "only", "or", "other", "our", "out", "over", "own", "said", "same", "say", "she",
    "should", "since", "so", "some", "such", "take", "tell", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "told", "too", "two", "under", "until", "up", "us", "very",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would",
    "you", "your",
];

/// One word of a text that says what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its number among the tokens.
    pub token: usize,
    /// The word in small letters without its ending.
    pub stem: String,
    /// It has a capital where that is not only because a sentence begins.
    pub name: bool,
}

/// The words of a document that say what it is about, in the order of the text.
pub fn words(document: &Document<'_>) -> Vec<Word> {
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let mut opening = true;
        // A sentence all in capitals, or a title with a capital on each word, shows no names.
        let tokens =
            || sentence.tokens.clone().map(|t| document.word(t)).filter(|w| w.chars().any(char::is_alphabetic));
        let capitals = tokens().filter(|w| w.starts_with(char::is_uppercase)).count();
        let titled = capitals * 4 > tokens().count() * 3;
        for token in sentence.tokens.clone() {
            let word = document.word(token);
            let wordy = word.chars().any(char::is_alphanumeric);
            let name = !opening && !titled && word.starts_with(char::is_uppercase);
            opening &= !wordy;
            let lower = word.to_lowercase();
            if !wordy || lower.len() < 2 || COMMON.binary_search(&lower.as_str()).is_ok() {
                continue;
            }
            found.push(Word { token, stem: stem(&lower), name });
        }
    }
    found
}

/// A word without the endings of English inflection, as far as they can be told without a dictionary. Two forms of one
/// word should come out the same; that the result is a word is not asked.
pub fn stem(word: &str) -> String {
    let cut = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= least);
    let undoubled = |rest: &str| {
        let mut chars = rest.chars().rev();
        match (chars.next(), chars.next()) {
            (Some(a), Some(b)) if a == b && !matches!(a, 'l' | 's' | 'e' | 'o') => {
                rest[..rest.len() - a.len_utf8()].to_owned()
            }
            _ => rest.trim_end_matches('e').to_owned(),
        }
    };
    if !word.is_ascii() || word.contains(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some(rest) = cut("ies", 2).or_else(|| cut("ied", 2)) {
        return format!("{rest}y");
    }
    if let Some(rest) = cut("ing", 3).or_else(|| cut("ed", 3)) {
        return undoubled(rest);
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.to_owned();
    }
    cut("es", 3).or_else(|| cut("s", 3)).unwrap_or(word).trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in
            [["attack", "attacks", "attacked"], ["stop", "stopped", "stops"], ["dismiss", "dismissed", "dismissing"]]
        {
            assert!(forms.iter().all(|f| stem(f) == stem(forms[0])), "{forms:?}");
        }
        assert_eq!((stem("cities"), stem("city")), ("city".into(), "city".into()));
        assert_eq!((stem("houses"), stem("house")), ("hous".into(), "hous".into()));
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn names_are_told_by_capitals_inside_sentences() {
        let document = Document::of("Rebels met Anna Kovacs in Geneva.");
        let found: Vec<(String, bool)> = words(&document).into_iter().map(|w| (w.stem, w.name)).collect();
        let names: Vec<&str> = found.iter().filter(|w| w.1).map(|w| w.0.as_str()).collect();
        assert_eq!(names, ["anna", "kovac", "geneva"]);
        assert_eq!(found[0], ("rebel".to_owned(), false));
    }
}
