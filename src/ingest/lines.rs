use std::io::{self, BufRead, Read};

/// The lines of a reader, none longer than a limit: a longer one is an error of its own, and the next line follows.
pub struct Lines<R> {
    input: R,
    limit: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`, each at most `limit` bytes long.
    pub fn new(input: R, limit: u64) -> Lines<R> {
        Lines { input, limit, ended: false }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::new();
        match (&mut self.input).take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) if bytes.len() as u64 > self.limit && !bytes.ends_with(b"\n") => {
                if let Err(error) = self.input.skip_until(b'\n') {
                    self.ended = true;
                    return Some(Err(error));
                }
                Some(Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("it is larger than {} bytes; raise --max-bytes to read it", self.limit),
                )))
            }
            Ok(_) => {
                let bad = |_| io::Error::new(io::ErrorKind::InvalidData, "the line is not UTF-8");
                Some(String::from_utf8(bytes).map_err(bad))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}
