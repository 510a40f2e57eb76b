//! The files that are learned from and measured on, with their SHA-256.

use std::path::Path;

use anyhow::Result;

use crate::treebank::{self, Named, Sentence, checked};

/// A file below the folder of treebanks and the SHA-256 of its bytes.
pub type Input = (&'static str, &'static str);

pub const EWT_TRAIN: Input =
    ("ud/ewt_train.conllu.gz", "bd47e08c9e18ec12d319e84df2ccdb272ff6de1d0dba5761117d3caf8b358f7b");
pub const GUM_TRAIN: Input =
    ("ud/gum_train_free.conllu.gz", "216982b34fee004945fc57a8809866799a4bf69b4eec39b44c382ad2adc5825e");
pub const EWT_DEV: Input = ("ud/ewt_dev.conllu.gz", "41086e3afc9ae572f899c9123f874d6d04a52e374a3d2ac7a6667ce48e3bf3e3");
pub const GUM_DEV: Input =
    ("ud/gum_dev_free.conllu.gz", "bc2fcb4b65a9d658d1518558c2d5b0882064bc7e8157f6ee1073343d1857f210");
pub const NEWS_DEV: Input =
    ("ud/gum_news_dev.conllu.gz", "8d1dcf9e036fcca86e4c05f4d143e7e2646b10c14c0b6593a570c19eb72f5fd3");
pub const NEWS_TRAIN: Input =
    ("ud/gum_news_train.conllu.gz", "6c416001b06acb4f6e5766c0dcca8f172300f64c45441e568c8adc09a386dff8");
pub const WIKIGOLD: Input = ("ner/wikigold.bio.gz", "3a93087312d0cf03d2285f4cbafa1281611920baf579d2c448b03d2977369dbf");
pub const RE3D: Input = ("ner/re3d_train.bio.gz", "1d826fe6626b5ddbd46d1fb6cb7266af528ebba5b8d7597c74f0c6772a3e6b7f");
pub const UNER_DEV: Input = ("ner/uner_dev.bio.gz", "ca12c76ea026dc7ab84b3c2b9a68af8b63ef8d6b554550ccf91aafe2de4a1f02");

pub const ONTOGUM: Input =
    ("coref/ontogum-free-train-dev.tar.gz", "d276d5337fb3f44c5811b8bbcf767b45ffc0b013cde0b56d4bda44f3aaa86aac");

/// The sentences of a treebank.
pub fn bank(treebanks: &Path, (name, hash): Input) -> Result<Vec<Sentence>> {
    treebank::conllu(&checked(&treebanks.join(name), hash)?)
}

/// The sentences of a name file.
pub fn bio(treebanks: &Path, (name, hash): Input) -> Result<Vec<Named>> {
    treebank::names(&checked(&treebanks.join(name), hash)?)
}
