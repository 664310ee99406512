//! Rust text as the walls see it. In: the files below `src/`. Out: each with comments, literals and tests blanked.
//!
//! No parser: a scan that knows comments, literals and brackets is enough, and a rule is then a search for a word.

use std::{fs, path::Path};

/// One file of `src/`.
#[derive(Debug)]
pub(super) struct Source {
    /// Below the repository's root, with `/`.
    pub(super) path: String,
    /// As it stands.
    pub(super) text: String,
    /// The same length, with comments, literals and test modules turned into spaces; line ends stay.
    pub(super) code: String,
    /// Offsets of string literals outside test modules.
    pub(super) strings: Vec<(usize, usize)>,
    /// Lines outside test modules, comments among them.
    pub(super) n_lines: usize,
}

impl Source {
    /// Scans a text; `path` is below the repository's root.
    pub(super) fn new(path: &str, text: String) -> Self {
        let (mut code, mut strings) = blank_comments_and_literals(&text);
        let mut n_lines = text.lines().count();
        for (start, end) in test_modules(&String::from_utf8_lossy(&code)) {
            n_lines -= text[start..end].lines().count();
            blank(&mut code, start, end);
            strings.retain(|&(at, _)| !(start..end).contains(&at));
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        Self { path: path.to_owned(), text, code, strings, n_lines }
    }

    /// Its module path: `src/cli/build.rs` is `cli`, `build`; the crate's roots have none.
    pub(super) fn module(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let path = path.strip_suffix("/mod").unwrap_or(path);
        if path == "lib" || path == "main" { Vec::new() } else { path.split('/').collect() }
    }

    /// Where an offset is, for a message.
    pub(super) fn place(&self, offset: usize) -> String {
        format!("{}:{}", self.path, self.line(offset))
    }

    fn line(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// Whether the line of an offset, or the one above it, bears a comment or a reason.
    pub(super) fn is_explained(&self, offset: usize) -> bool {
        let line = self.line(offset);
        let near = self.text.lines().skip(line.saturating_sub(2)).take(2);
        near.into_iter().any(|line| line.contains("//") || line.contains("reason ="))
    }

    /// Offsets of a word in the code, not as a part of a longer one.
    pub(super) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        words(&self.code, word)
    }
}

/// Offsets of a word in a text, not as a part of a longer one.
pub(super) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = at.checked_sub(1).and_then(|it| text.as_bytes().get(it));
        let starts = !is_part(before) || !word.starts_with(|c: char| c.is_alphanumeric());
        starts
            && (!word.ends_with(char::is_alphanumeric)
                || !is_part(text.as_bytes().get(at + word.len())))
    })
}

/// Every file below `src/`, by path; files that are test modules as a whole are left out.
pub(super) fn sources() -> Vec<Source> {
    sources_below("src")
}

/// The same, and what brief is measured with.
pub(super) fn sources_with_benches() -> Vec<Source> {
    sources().into_iter().chain(sources_below("benches/src")).collect()
}

fn sources_below(folder: &str) -> Vec<Source> {
    let mut files = files(folder, &["rs"]);
    let tests: Vec<String> = files.iter().flat_map(|(path, text)| test_files(path, text)).collect();
    files.retain(|(path, _)| !tests.contains(path));
    files.into_iter().map(|(path, text)| Source::new(&path, text)).collect()
}

/// The files that a file declares as test modules: `#[cfg(test)] mod tests;`.
fn test_files(path: &str, text: &str) -> Vec<String> {
    let folder = match path.rsplit_once('/') {
        Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
        _ => path.trim_end_matches(".rs").to_owned(),
    };
    let after = text.split("#[cfg(test)]").skip(1).filter_map(|it| {
        let name = it.trim_start().split_once(';')?.0.rsplit_once("mod ")?.1;
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| format!("{folder}/{name}.rs"))
    });
    after.collect()
}

/// Path below the repository's root and text of each file below a folder with one of the extensions, sorted.
pub(super) fn files(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("a folder of the repository can be listed").path();
            let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
            } else if extensions.contains(&extension) {
                let below = path.strip_prefix(root).expect("it is below the root");
                let name =
                    below.to_str().expect("names of the repository are UTF-8").replace('\\', "/");
                found.push((
                    name,
                    fs::read_to_string(&path).expect("texts of the repository are UTF-8"),
                ));
            }
        }
    }
    found.sort();
    found
}

fn blank(code: &mut [u8], start: usize, end: usize) {
    code[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// Comments and what stands between quotes turned into spaces; the offsets of string literals.
fn blank_comments_and_literals(text: &str) -> (Vec<u8>, Vec<(usize, usize)>) {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut strings = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let end = if rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            at + block_comment(rest)
        } else if let Some(len) = string_literal(text, at) {
            strings.push((at, at + len));
            at + len
        } else if let Some(len) = char_literal(rest) {
            at + len
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        blank(&mut code, at, end);
        at = end;
    }
    (code, strings)
}

/// Length of a block comment; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    for (at, _) in rest.char_indices() {
        if rest[at..].starts_with("/*") {
            depth += 1;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            if depth == 0 {
                return at + 2;
            }
        }
    }
    rest.len()
}

/// Length of a string literal of any kind that begins here.
fn string_literal(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let is_after_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let prefix = rest.trim_start_matches(['b', 'c']);
    if let Some(raw) = prefix.strip_prefix('r').filter(|_| !is_after_word) {
        let n_hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[n_hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(n_hashes));
            let start = rest.len() - raw.len() + n_hashes + 1;
            return Some(start + rest[start..].find(&close).unwrap_or(0) + close.len());
        }
    }
    let mut chars = rest.strip_prefix('"')?.char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => return Some(offset + 2),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Length of a character literal that begins here; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let first = inner.chars().next()?;
    if first == '\\' {
        return inner[2..].find('\'').map(|end| end + 4);
    }
    inner[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}

/// Offsets of the modules that only tests compile.
fn test_modules(code: &str) -> Vec<(usize, usize)> {
    let starts = code.match_indices("#[cfg(test)]");
    let modules = starts.filter_map(|(start, attribute)| {
        let body = start + attribute.len();
        let open = body + code[body..].find(['{', ';'])?;
        let is_inline = code[open..].starts_with('{');
        Some((start, if is_inline { closing(code, open)? } else { open + 1 }))
    });
    modules.collect()
}

/// The offset behind the bracket that closes the one at `open`.
pub(super) fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[test]
fn literals_comments_and_tests_are_no_code() {
    let text = "fn a<'a>(b: &'a str) { /* c /* d */ e */ f(\"g\\\"\", r#\"h\"#, '\\'', 'i') } // j\n\
                #[cfg(test)]\nmod tests { fn k() {} }\nfn l() {}\n";
    let source = Source::new("src/x.rs", text.to_owned());
    let letters: String = source.code.chars().filter(|c| c.is_alphanumeric()).collect();
    assert_eq!(letters, "fnaabastrffnl");
    assert_eq!(source.strings.len(), 2);
    assert_eq!(source.n_lines, 2);
}
