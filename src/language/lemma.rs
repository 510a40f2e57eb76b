//! Lemmas: the ending that a word loses and the one it gets, looked up by its tag and its longest known ending.

use super::hash::{of_bytes, of_feature};
use super::table::Table;
use super::verb;

/// Endings that are looked up, in code points, longest first, after the whole word.
const ENDINGS: [usize; 7] = [6, 5, 4, 3, 2, 1, 0];

/// How a word becomes its lemma.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Script {
    /// Keep the case of the word; else it is made lower case.
    pub keep_case: bool,
    /// Code points that are cut off the end.
    pub strip: usize,
    /// What is put there.
    pub append: String,
}

impl Script {
    /// The script that makes `lemma` of `word`; `None` if only a table of whole words could.
    pub fn between(word: &str, lemma: &str, keep_case: bool) -> Script {
        let form = if keep_case { word.to_owned() } else { word.to_lowercase() };
        let common = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        Script { keep_case, strip: form.chars().count() - common, append: lemma.chars().skip(common).collect() }
    }

    /// The lemma of a word; never empty for a word that is not.
    pub fn apply(&self, word: &str) -> String {
        let mut form = if self.keep_case { word.to_owned() } else { word.to_lowercase() };
        for _ in 0..self.strip {
            form.pop();
        }
        form.push_str(&self.append);
        if form.is_empty() { word.to_owned() } else { form }
    }

    /// One line of the model.
    pub fn to_line(&self) -> String {
        format!("{}\t{}\t{}", u8::from(self.keep_case), self.strip, self.append)
    }

    /// Reads a line of the model.
    pub fn from_line(line: &str) -> Option<Script> {
        let mut fields = line.splitn(3, '\t');
        let keep_case = fields.next()? == "1";
        Some(Script { keep_case, strip: fields.next()?.parse().ok()?, append: fields.next()?.to_owned() })
    }
}

/// The keys under which the script of a word is looked up, most specific first.
pub fn keys(word: &str, tag: u32) -> impl Iterator<Item = u64> {
    let lower = if word.len() <= 64 { word.to_lowercase() } else { String::new() };
    let whole = of_feature(500, &[tag, of_bytes(lower.bytes())]);
    std::iter::once(whole).chain(ENDINGS.into_iter().filter_map(move |n| {
        let at = match n {
            0 => lower.len(),
            n => lower.char_indices().rev().nth(n - 1)?.0,
        };
        Some(of_feature(501 + n as u32, &[tag, of_bytes(lower[at..].bytes())]))
    }))
}

/// The scripts of the model.
#[derive(Clone, Debug, Default)]
pub struct Lemmas<'a> {
    /// Number of the script by key.
    pub table: Table<'a>,
    /// The scripts.
    pub scripts: Vec<Script>,
}

impl Lemmas<'_> {
    /// The lemma of a word with a Penn tag; `proper` keeps its case when nothing is known.
    ///
    /// Verbs that the treebanks do not have go by the rules of spelling rather than by the endings of other words.
    pub fn lemma(&self, word: &str, tag: u32, penn: &str, proper: bool) -> Box<str> {
        if penn.starts_with("VB") && word.len() <= 64 {
            let lower = word.to_lowercase();
            let told = verb::irregular(&lower).or_else(|| verb::spelt_apart(&lower).filter(|_| penn != "VBZ"));
            if let Some(base) = told {
                return base.into();
            }
            let whole = keys(word, tag).next().and_then(|key| self.table.get(key));
            if let (None, Some(base)) = (whole, verb::regular(&lower, penn)) {
                return base.into();
            }
        }
        let script = keys(word, tag).find_map(|key| self.table.get(key)).and_then(|n| self.scripts.get(n as usize));
        match script {
            Some(script) => script.apply(word).into(),
            None if proper => word.into(),
            None => word.to_lowercase().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_make_the_lemma_and_survive_the_model_file() {
        for (word, lemma) in [("Running", "run"), ("went", "go"), ("n't", "not"), ("cities", "city"), ("is", "be")] {
            let script = Script::between(word, lemma, false);
            assert_eq!(script.apply(word), lemma);
            assert_eq!(Script::from_line(&script.to_line()), Some(script));
        }
        assert_eq!(Script::between("Appeals", "Appeal", true).apply("Appeals"), "Appeal");
    }
}
