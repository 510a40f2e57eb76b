use std::ops::Range;

use crate::model::named_enum;
use crate::text::Document;

named_enum! {
    /// Universal part of speech (UD v2).
    pub enum Upos: "part of speech" {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

named_enum! {
    /// Universal dependency relation with the subtypes that English treebanks use (UD v2.13 and later).
    pub enum Deprel: "dependency relation" {
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", AdvmodEmph = "advmod:emph", Amod = "amod", Appos = "appos", Aux = "aux",
        AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Clf = "clf",
        Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// What the model says of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: Box<str>,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, such as "VBD".
    pub xpos: &'static str,
    /// Head, as an index into the tokens of the document; `None` for the root of the sentence. It lies in the same
    /// sentence, and following heads always ends at the root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: Deprel,
}

named_enum! {
    /// What a name names.
    pub enum NameKind: "name kind" {
        Person = "PER",
        Organisation = "ORG",
        /// Countries, regions, towns, rivers: anything one can be in.
        Location = "LOC",
    }
}

/// A name: a run of tokens inside one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, as a range of the document's.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// A phrase that speaks of something: a run of tokens inside one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Its tokens, as a range of the document's; never empty.
    pub tokens: Range<usize>,
    /// The token that the others hang on; one of them.
    pub head: usize,
}

/// All that a document says of one thing: mentions that corefer.
///
/// At least two mentions, in the order of their first tokens, the longer first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The mentions.
    pub mentions: Vec<Mention>,
}

/// Tags, lemmas, heads, names and coreference of one document; `words` has one value for each token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Syntax {
    /// One for each token of the document, in the same order.
    pub words: Vec<Word>,
    /// Names in the order of the text; they do not overlap.
    pub names: Vec<Name>,
    /// What is spoken of more than once, in the order of the first mentions. No two mentions of a document have the same
    /// tokens, and none of a chain lies inside another of it.
    pub chains: Vec<Chain>,
}

/// The door of this room: anything that can tell the syntax of a document.
pub trait Parser: Send + Sync {
    /// The syntax of a document: one word for each token, each sentence one tree.
    fn parse(&self, document: &Document<'_>) -> Syntax;
}
