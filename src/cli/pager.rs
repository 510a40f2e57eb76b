//! Long results on a terminal go through the pager of the user.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Whether the user wants none: `--no-pager`.
static NONE: OnceLock<bool> = OnceLock::new();

/// Notes what the command line says of pagers.
pub fn set(no_pager: bool) {
    let _ = NONE.set(no_pager);
}

/// Standard output, through a pager if that is a terminal and there is one.
pub fn stdout() -> Option<Box<dyn Write>> {
    if !cfg!(unix) || !io::stdout().is_terminal() || *NONE.get().unwrap_or(&true) {
        return None;
    }
    let named = std::env::var("PAGER").ok();
    let command = command(named.as_deref())?;
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).stdin(Stdio::piped());
    // What fits on the screen is just printed (F), colours stay (R), the screen is left as it is (X), Ctrl-C ends it (K).
    if std::env::var_os("LESS").is_none() {
        shell.env("LESS", "FRXK");
    }
    let mut child = shell.spawn().ok()?;
    let input = child.stdin.take();
    Some(Box::new(io::BufWriter::with_capacity(1 << 16, Pager { child, input })))
}

/// The command of the pager: `$PAGER`, else `less`; empty or `cat` is none.
fn command(named: Option<&str>) -> Option<&str> {
    match named.map(str::trim) {
        Some("" | "cat") => None,
        Some(named) => Some(named),
        // Where there is no less, what came in is printed as it is.
        None => Some("command -v less > /dev/null && exec less || exec cat"),
    }
}

/// A pager at work; it is waited for when all is written.
struct Pager {
    child: Child,
    input: Option<ChildStdin>,
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.input.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |input| input.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn the_user_chooses_the_pager() {
        assert_eq!(command(Some("most -s")), Some("most -s"));
        assert_eq!((command(Some("")), command(Some(" cat "))), (None, None));
        assert!(command(None).unwrap().contains("less"));
    }
}
