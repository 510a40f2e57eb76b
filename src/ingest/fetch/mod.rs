//! Web addresses: what a server answers becomes an input like any other.
//!
//! Nothing is fetched unless the user gave an address or `--fetch`. Every address, that of each redirect too, must be
//! public, allowed by the robots.txt of its host, and answer within the limits; a host is asked once in a while only.
//! No cookies, no proxy, no script, nothing sent but the address and the name of the program.

#[cfg(feature = "fetch")]
mod ask;
mod error;
#[cfg_attr(not(feature = "fetch"), allow(dead_code))]
mod public;
#[cfg_attr(not(feature = "fetch"), allow(dead_code))]
mod robots;
#[cfg(not(feature = "fetch"))]
mod without;

use std::time::Duration;

#[cfg(feature = "fetch")]
pub(in crate::ingest) use ask::Web;
pub use error::FetchError;
pub use public::is_public;
#[cfg(not(feature = "fetch"))]
pub(in crate::ingest) use without::Web;

/// How web addresses are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// Also the pages that feeds and sitemaps name, where these do not hold the text themselves.
    pub items: bool,
    /// Also from addresses that are not public: this machine, the local network.
    pub allow_private: bool,
    /// How long one answer may take, from first to last byte.
    pub timeout: Duration,
    /// How long to wait between two questions to one host; its robots.txt may ask for more, up to 30 seconds.
    pub pause: Duration,
    /// At most so many answers in one run; robots.txt and redirects do not count.
    pub most: usize,
}

impl Default for Fetching {
    fn default() -> Fetching {
        Fetching {
            items: false,
            allow_private: false,
            timeout: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            most: 1_000,
        }
    }
}

/// What a server answered.
#[derive(Debug)]
pub(in crate::ingest) struct Answer {
    /// The address that answered, after all redirects.
    pub url: String,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// The body, packed with gzip or not.
    pub bytes: Vec<u8>,
}

/// Whether an argument is a web address and not the name of a file.
pub fn is_url(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}
