use super::{Answer, FetchError, Fetching};

/// Fetches nothing: the program was built without it.
pub(in crate::ingest) struct Web;

impl Web {
    /// See [`FetchError::NotBuilt`].
    pub fn new(_: Fetching) -> Web {
        Web
    }

    /// See [`FetchError::NotBuilt`].
    pub fn get(&mut self, _: &str, _: u64) -> Result<Answer, FetchError> {
        Err(FetchError::NotBuilt)
    }
}
