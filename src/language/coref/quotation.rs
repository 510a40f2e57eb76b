//! Quotations and who speaks them.

use super::mention::Tree;
use crate::language::syntax::{Deprel, Syntax};
use crate::text::Document;

/// Number of the quotation of each token, from 1; 0 outside. A quotation ends with its paragraph.
pub fn quotations(document: &Document<'_>) -> Vec<u32> {
    let mut out = vec![0; document.tokens.len()];
    let (mut open, mut count, mut paragraph) = (false, 0, 0);
    for sentence in &document.sentences {
        if sentence.paragraph != paragraph {
            (open, paragraph) = (false, sentence.paragraph);
        }
        for i in sentence.tokens.clone() {
            match document.word(i) {
                "\"" | "''" | "``" => open = !open,
                "“" => open = true,
                "”" => open = false,
                _ => {
                    if open {
                        out[i] = count;
                    }
                    continue;
                }
            }
            count += u32::from(open);
        }
    }
    out
}

/// Verbs whose subject speaks the quotation beside them.
const SPEECH: [&str; 30] = [
    "say", "tell", "add", "state", "explain", "note", "argue", "claim", "ask", "reply", "write", "comment", "declare",
    "announce", "warn", "continue", "conclude", "recall", "remark", "admit", "insist", "respond", "answer", "report",
    "suggest", "describe", "observe", "think", "call", "stress",
];

/// For each quotation, the head of the subject of the verb of speech in one of its sentences, plus one; 0 if there is none.
pub fn speakers(document: &Document<'_>, syntax: &Syntax, tree: &Tree, quotes: &[u32]) -> Vec<u32> {
    let mut out = vec![0; quotes.iter().max().map_or(0, |&q| q as usize + 1)];
    if out.is_empty() {
        return out;
    }
    for sentence in &document.sentences {
        let mut speaker = 0;
        for i in sentence.tokens.clone() {
            let word = &syntax.words[i];
            if quotes[i] == 0 && speaker == 0 && SPEECH.contains(&&*word.lemma) {
                let subject = tree.children(i).iter().find(|&&c| syntax.words[c as usize].deprel == Deprel::Nsubj);
                speaker = subject.filter(|&&c| quotes[c as usize] == 0).map_or(0, |&c| c + 1);
            }
        }
        if speaker > 0 {
            for i in sentence.tokens.clone().filter(|&i| quotes[i] > 0) {
                out[quotes[i] as usize] = speaker;
            }
        }
    }
    out
}
