use super::fold::fold_name;
use crate::lexicon::Gender;

/// Whether two names can be names of one person: one is the other's last name, or they share their last name and the
/// first names and those between do not contradict each other.
pub fn same_person(known: &str, new: &str) -> bool {
    let (known, new) = (fold_name(known), fold_name(new));
    if known == new {
        return true;
    }
    let a: Vec<&str> = known.split_whitespace().collect();
    let b: Vec<&str> = new.split_whitespace().collect();
    match (a.as_slice(), b.as_slice()) {
        ([], _) | (_, []) => false,
        ([only], full) | (full, [only]) => full.contains(only),
        // "De Boer" is Marieke de Boer.
        (a, b) if is_family_name(a) && b.ends_with(a) || is_family_name(b) && a.ends_with(b) => true,
        (a, b) => {
            let first = a[0] == b[0] || initial(a[0], b[0]);
            let (own, other) = (&a[1..a.len() - 1], &b[1..b.len() - 1]);
            // "Mehmed Pasha" of one house is not its "Ahmed Pasha".
            let between =
                own.is_empty() || other.is_empty() || own.iter().any(|x| other.iter().any(|y| x == y || initial(x, y)));
            a.last() == b.last() && first && between
        }
    }
}

/// Whether folded words are a family name that begins with a particle: "de boer", "van der bellen", "al assad".
fn is_family_name(words: &[&str]) -> bool {
    let particles = [
        "de", "van", "von", "der", "den", "ter", "ten", "la", "le", "di", "da", "del", "dos", "du", "al", "el", "bin",
        "ben", "abu", "ould",
    ];
    words.first().is_some_and(|w| particles.contains(w))
}

fn initial(a: &str, b: &str) -> bool {
    let short = a.chars().count() == 1 || b.chars().count() == 1;
    short && a.chars().next() == b.chars().next()
}

/// The gender that a title or role noun tells.
pub fn gender_of(word: &str) -> Option<Gender> {
    let word = word.to_lowercase();
    match word.trim_end_matches('.') {
        "mr" | "sir" | "lord" | "king" | "prince" | "father" | "son" | "brother" | "husband" | "widower" | "man"
        | "boy" | "emperor" | "pope" | "sultan" | "actor" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "lady" | "queen" | "princess" | "mother" | "daughter" | "sister" | "wife" | "widow"
        | "woman" | "girl" | "empress" | "actress" | "nun" => Some(Gender::Female),
        w if w.ends_with("woman") => Some(Gender::Female),
        w if w.ends_with("man") && w.len() > 5 => Some(Gender::Male),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person() {
        assert!(same_person("Volodymyr Zelenskyy", "Zelensky"));
        assert!(same_person("Zelenskiy", "Volodymyr Zelenskyy"));
        assert!(same_person("J. Smith", "John Smith"));
        assert!(same_person("John Fitzgerald Kennedy", "John F. Kennedy"));
        assert!(!same_person("Köprülü Mehmed Pasha", "Köprülü Fazil Ahmed Pasha"));
        assert!(same_person("Marieke de Boer", "De Boer"));
        assert!(same_person("Van der Bellen", "Alexander Van der Bellen"));
        assert!(!same_person("Marieke de Boer", "De Vries"));
        assert!(!same_person("Michelle Obama", "Barack Obama"));
        assert!(!same_person("Ursula Meyer", "Otto Brandt"));
    }

    #[test]
    fn words_that_tell_a_gender() {
        assert_eq!(gender_of("spokeswoman"), Some(Gender::Female));
        assert_eq!(gender_of("Chairman"), Some(Gender::Male));
        assert_eq!(gender_of("human"), None);
    }
}
