/// What bounds the reading of inputs that may have been made to do harm. Whatever passes a bound is refused with its name
/// and the reason, and the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of one article: a page, a line, a row, a mail.
    pub article: u64,
    /// Bytes of one container that must be held whole: an archive within an archive, a workbook, a feed, a document.
    pub whole: u64,
    /// Bytes that one input may unpack to.
    pub unpacked: u64,
    /// How many times larger than its packed bytes an input may unpack to, once it has unpacked to [`Caps::free`].
    pub ratio: u64,
    /// Bytes below which the ratio says nothing.
    pub free: u64,
    /// Containers within containers: `a.zip` with `b.warc.gz` in it is three deep.
    pub nesting: usize,
    /// Articles and files of one input.
    pub entries: u64,
    /// Elements of a web page within one another.
    pub elements: usize,
}

impl Default for Caps {
    fn default() -> Caps {
        Caps {
            article: 10_000_000,
            whole: 256 << 20,
            unpacked: 64 << 30,
            ratio: 200,
            free: 16 << 20,
            nesting: 5,
            entries: 10_000_000,
            elements: 1_000,
        }
    }
}

impl Caps {
    /// Why an article is too large.
    pub(crate) fn too_large(&self) -> String {
        format!("it is larger than {} bytes; raise --max-bytes to read it", self.article)
    }
}
