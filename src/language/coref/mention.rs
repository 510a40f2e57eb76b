//! Which words can be mentioned: phrases below a nominal head, with the spans that OntoGUM gives them.

use crate::language::syntax::{Deprel, Mention, Syntax, Upos, Word};
use crate::text::Document;

/// A phrase that may corefer with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its words.
    pub mention: Mention,
    /// Number of its sentence.
    pub sentence: usize,
    /// It is a coordination as a whole: "Russia and China".
    pub coordination: bool,
    /// It is read without what follows its head, which may belong to something else: "the bank" of "the bank in Oslo".
    pub short: bool,
    /// It is the verb of a clause, which "this" may take up.
    pub clause: bool,
}

/// Children and extent of each token's subtree.
#[derive(Debug, Default)]
pub struct Tree {
    /// Where the children of a token start in `children`; one more than there are tokens.
    first: Vec<u32>,
    children: Vec<u32>,
    /// First token of each subtree.
    left: Vec<u32>,
    /// Last token of each subtree.
    right: Vec<u32>,
}

impl Tree {
    /// The tree of a document; takes linear time.
    pub fn of(words: &[Word]) -> Tree {
        let length = words.len();
        let heads = || words.iter().enumerate().filter_map(|(i, w)| Some((i, w.head.filter(|&h| h < length)?)));
        let mut first = vec![0_u32; length + 1];
        for (_, head) in heads() {
            first[head + 1] += 1;
        }
        let mut open = first[1..].to_vec();
        for i in 0..length {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut children = vec![0; first[length] as usize];
        for (i, head) in heads() {
            children[next[head] as usize] = i as u32;
            next[head] += 1;
        }
        let mut left: Vec<u32> = (0..length as u32).collect();
        let mut right = left.clone();
        // From the leaves up.
        let mut ready: Vec<usize> = (0..length).filter(|&i| open[i] == 0).collect();
        while let Some(i) = ready.pop() {
            if let Some(head) = words[i].head.filter(|&h| h < length) {
                left[head] = left[head].min(left[i]);
                right[head] = right[head].max(right[i]);
                open[head] -= 1;
                if open[head] == 0 {
                    ready.push(head);
                }
            }
        }
        Tree { first, children, left, right }
    }

    /// The children of a token, in the order of the text.
    pub fn children(&self, i: usize) -> &[u32] {
        let bounds = (self.first.get(i), self.first.get(i + 1));
        let (Some(&start), Some(&end)) = bounds else { return &[] };
        self.children.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// The phrases of a document, in the order of their first words, the longer first.
pub fn phrases(document: &Document<'_>, syntax: &Syntax, tree: &Tree) -> Vec<Phrase> {
    let mut out = Vec::new();
    for (sentence, tokens) in document.sentences.iter().map(|s| s.tokens.clone()).enumerate() {
        let known = out.len();
        for head in tokens {
            let Some(word) = syntax.words.get(head) else { continue };
            if is_clause(word) {
                let mention = Mention { tokens: head..head + 1, head };
                out.push(Phrase { mention, sentence, coordination: false, short: false, clause: true });
            }
            if !is_nominal(document, syntax, head) {
                continue;
            }
            let conjoined = tree.children(head).iter().any(|&c| syntax.words[c as usize].deprel == Deprel::Conj);
            for (coordination, short) in [(false, false), (false, true), (true, false)] {
                if coordination && !conjoined {
                    continue;
                }
                let tokens = span(document, syntax, tree, head, coordination, short);
                let mention = Mention { tokens, head };
                let same = |p: &Phrase| p.mention.tokens == mention.tokens;
                if !out[known..].iter().rev().take(4).any(same) {
                    out.push(Phrase { mention, sentence, coordination, short, clause: false });
                }
            }
        }
        out[known..].sort_by_key(|p| (p.mention.tokens.start, std::cmp::Reverse(p.mention.tokens.end)));
        // Two heads may have the same words in a damaged tree.
        let mut last = None;
        let mut at = known;
        while at < out.len() {
            if last.replace(out[at].mention.tokens.clone()).as_ref() == Some(&out[at].mention.tokens) {
                out.remove(at);
            } else {
                at += 1;
            }
        }
    }
    out
}

fn is_clause(word: &Word) -> bool {
    use Deprel::{Acl, AclRelcl, Advcl, Ccomp, Conj, Csubj, Parataxis, Root, Xcomp};
    word.upos == Upos::Verb
        && matches!(word.deprel, Root | Conj | Ccomp | Xcomp | Advcl | Acl | AclRelcl | Csubj | Parataxis)
}

fn is_nominal(document: &Document<'_>, syntax: &Syntax, i: usize) -> bool {
    use Deprel::{
        Advmod, Amod, Case, Cc, Compound, Det, DetPredet, Discourse, Expl, Fixed, Flat, Goeswith, Mark, Nummod,
    };
    let word = &syntax.words[i];
    let inside = matches!(word.deprel, Fixed | Flat | Goeswith | Det | DetPredet | Expl | Case | Mark | Cc | Discourse);
    if inside {
        return false;
    }
    match word.upos {
        Upos::Noun => !matches!(word.deprel, Compound | Amod),
        Upos::Propn => {
            // "Apple" in "Apple executives", not "North" in "North Korea".
            let modifier = matches!(word.deprel, Compound | Amod);
            let head = word.head.and_then(|h| syntax.words.get(h));
            !modifier || head.is_some_and(|h| h.upos == Upos::Noun)
        }
        Upos::Pron => !matches!(word.xpos, "WP" | "WDT" | "WP$" | "EX"),
        Upos::Num => !matches!(word.deprel, Nummod | Compound | Advmod | Amod),
        Upos::Det => true,
        Upos::Adj => !matches!(word.deprel, Amod | Advmod | Compound) && has_determiner(document, i),
        Upos::Adv => matches!(&*word.lemma, "here" | "there") && word.deprel != Deprel::Compound,
        _ => false,
    }
}

fn has_determiner(document: &Document<'_>, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|i| document.word(i).eq_ignore_ascii_case("the"))
}

/// The words of the phrase below a head: its subtree without what links it to the rest of the sentence.
fn span(
    document: &Document<'_>,
    syntax: &Syntax,
    tree: &Tree,
    head: usize,
    coordination: bool,
    short: bool,
) -> std::ops::Range<usize> {
    use Deprel::{
        Acl, AclRelcl, Advcl, AdvclRelcl, Advmod, Amod, Appos, Aux, AuxPass, Case, Cc, CcPreconj, Ccomp, Compound,
        Conj, Cop, Csubj, CsubjOuter, CsubjPass, Dep, Det, DetPredet, Discourse, Dislocated, Expl, Fixed, Flat,
        Goeswith, List, Mark, Nmod, NmodDesc, NmodPoss, NmodUnmarked, Nsubj, NsubjOuter, NsubjPass, Nummod, Obl,
        OblUnmarked, Parataxis, Punct, Reparandum, Vocative, Xcomp,
    };
    if matches!(syntax.words[head].xpos, "PRP" | "PRP$") && !coordination {
        return head..head + 1;
    }
    let proper = syntax.words[head].upos == Upos::Propn;
    let (children, relation) = (tree.children(head), |c: u32| syntax.words[c as usize].deprel);
    let predicate =
        children.iter().any(|&c| matches!(relation(c), Cop | Nsubj | NsubjOuter | NsubjPass | Csubj | Expl));
    let split = children.partition_point(|&c| (c as usize) < head);
    let (mut start, mut end) = (head, head + 1);
    for &c in children[..split].iter().rev() {
        match relation(c) {
            Punct if proper && document.word(c as usize) == "," => break,
            Punct => {}
            Case | Cc | Mark | Cop | Aux | AuxPass | Nsubj | NsubjOuter | NsubjPass | Csubj | CsubjPass
            | CsubjOuter | Expl | Discourse | Reparandum | Vocative | Parataxis | Dislocated | Advcl | AdvclRelcl
            | Obl | OblUnmarked | Dep | Conj | List => break,
            Advmod if predicate => break,
            _ => start = start.min(tree.left[c as usize] as usize),
        }
    }
    for &c in &children[split..] {
        let word = &syntax.words[c as usize];
        // "Smith (1994)"
        if proper && word.upos == Upos::Num && !matches!(word.deprel, Nummod | Flat) {
            break;
        }
        if short
            && (matches!(word.deprel, Acl | AclRelcl | Appos | NmodUnmarked | Punct)
                || word.deprel == Nmod && !is_of(syntax, tree, c))
        {
            break;
        }
        match relation(c) {
            Punct => {}
            Nmod | NmodPoss | NmodDesc | NmodUnmarked | Acl | AclRelcl | Amod | Appos | Case | Det | DetPredet
            | Compound | Flat | Fixed | Nummod | Goeswith | CcPreconj => {
                end = end.max(tree.right[c as usize] as usize + 1)
            }
            Conj if coordination => end = end.max(tree.right[c as usize] as usize + 1),
            Advmod | Advcl | Ccomp | Xcomp | Obl | OblUnmarked
                if !predicate && relation(head as u32) != Deprel::Root =>
            {
                end = end.max(tree.right[c as usize] as usize + 1);
            }
            _ => break,
        }
    }
    trim(document, syntax, start, head, end)
}

/// Whether a modifier begins with "of", which seldom belongs to anything but the noun before it.
fn is_of(syntax: &Syntax, tree: &Tree, modifier: u32) -> bool {
    tree.children(modifier as usize).first().is_some_and(|&c| &*syntax.words[c as usize].lemma == "of")
}

/// Leaves out marks at the ends, but keeps the second of a pair of brackets or quotation marks.
fn trim(document: &Document<'_>, syntax: &Syntax, start: usize, head: usize, end: usize) -> std::ops::Range<usize> {
    let (mut start, mut end) = (start, end);
    let mark = |i: usize| syntax.words[i].upos == Upos::Punct;
    while end > head + 1 && mark(end - 1) {
        let opener = opener(document.word(end - 1));
        if !opener.is_empty() && (start..end - 1).rev().take(40).any(|i| opener.contains(&document.word(i))) {
            break;
        }
        end -= 1;
    }
    while start < head && mark(start) {
        start += 1;
    }
    // A bracket or quotation mark that closes right behind.
    if let Some(next) = syntax.words.get(end).filter(|w| w.upos == Upos::Punct)
        && next.head.is_some_and(|h| (start..end).contains(&h))
    {
        let opener = opener(document.word(end));
        let inside = |i: usize| opener.contains(&document.word(i));
        if !opener.is_empty() && (start..end).rev().take(40).any(inside) {
            end += 1;
        }
    }
    start..end
}

fn opener(word: &str) -> &'static [&'static str] {
    match word {
        ")" => &["("],
        "]" => &["["],
        "\"" => &["\""],
        "”" => &["“"],
        "’" => &["‘"],
        _ => &[],
    }
}
