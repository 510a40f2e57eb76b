//! "Did you mean": names that are nearly the one that was typed.

/// Collects the names nearest to one.
pub(super) struct Nearest<'a> {
    key: &'a str,
    limit: usize,
    best: Vec<(usize, String)>,
}

impl<'a> Nearest<'a> {
    /// Names whose key is at most a third of its letters away from `key`, and never more than three.
    pub fn to(key: &'a str) -> Nearest<'a> {
        Nearest { key, limit: (key.chars().count() / 3).clamp(1, 3), best: Vec::new() }
    }

    /// Considers a name with this key.
    pub fn offer(&mut self, key: &str, name: impl FnOnce() -> String) {
        if let Some(distance) = distance(self.key, key, self.limit) {
            let name = name();
            match self.best.iter_mut().find(|(_, n)| *n == name) {
                Some((d, _)) => *d = distance.min(*d),
                None => self.best.push((distance, name)),
            }
            self.best.sort();
            self.best.truncate(3);
        }
    }

    /// At most three, nearest first.
    pub fn names(self) -> Vec<String> {
        self.best.into_iter().map(|(_, name)| name).collect()
    }
}

/// Whether one word can be another spelling of the other: a letter in four may differ.
pub(super) fn is_spelling_of(a: &str, b: &str) -> bool {
    distance(a, b, a.chars().count().min(b.chars().count()) / 4).is_some()
}

/// The number of letters to insert, delete, change or swap with the next one (optimal string alignment); `None` if it
/// is more than `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut older = vec![0; b.len() + 1];
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut current = vec![i];
        for j in 1..=b.len() {
            let change = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(older[j - 2] + 1);
            }
            current.push(least);
        }
        if current.iter().min().is_some_and(|m| *m > limit) {
            return None;
        }
        older = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_usual_slips() {
        assert_eq!(distance("zelenski", "zelenskyy", 3), Some(2));
        assert_eq!(distance("putni", "putin", 1), Some(1));
        assert_eq!(distance("kyiv", "kiev", 3), Some(2));
        assert_eq!(distance("paris", "london", 3), None);
        assert_eq!(distance("", "", 0), Some(0));
        assert!(is_spelling_of("zelensky", "zelenskyy") && !is_spelling_of("kim", "tim"));
    }

    #[test]
    fn the_nearest_come_first_and_once() {
        let mut near = Nearest::to("zelenski");
        for key in ["zelenska", "zelenskyy", "zelensky", "putin"] {
            near.offer(key, || key.to_uppercase());
            near.offer(key, || key.to_uppercase());
        }
        assert_eq!(near.names(), ["ZELENSKA", "ZELENSKY", "ZELENSKYY"]);
    }
}
