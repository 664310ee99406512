//! What a request asks for. In: the path of its target. Out: the file of the site, or where to go instead. [`read`] is the
//! entry.

use unicode_normalization::UnicodeNormalization as _;

/// What a path asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// A file of the site, below its root, in NFC.
    File(String),
    /// Something outside the path under which the site is served; the site begins there.
    Elsewhere,
    /// Nothing that a site can hold.
    Bad,
}

/// Reads the path of a request's target; `base` is the site's: `/`, or `/sub/`.
pub(super) fn read(path: &str, base: &str) -> Address {
    let Some(decoded) = decode(path) else { return Address::Bad };
    let decoded: String = decoded.nfc().collect();
    let Some(below) = decoded.strip_prefix(base) else { return Address::Elsewhere };
    let is_bad = |name: &str| matches!(name, "." | "..") || name.contains(['\\', '\0']);
    let is_empty_inside = below.contains("//") || below.starts_with('/');
    if is_empty_inside || below.split('/').any(is_bad) || below.contains(char::is_control) {
        return Address::Bad;
    }
    let file = if below.is_empty() || below.ends_with('/') {
        format!("{below}index.html")
    } else {
        below.to_owned()
    };
    Address::File(file)
}

/// Percent-encoding undone, once; `None` for what is not UTF-8 or not encoded right.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (pair, after) = rest.split_at_checked(2)?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digit(pair[0])? * 16 + digit(pair[1])?;
        bytes.push(u8::try_from(value).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Address {
        Address::File(path.to_owned())
    }

    #[test]
    fn a_path_is_a_file_of_the_site() {
        assert_eq!(read("/", "/"), file("index.html"));
        assert_eq!(read("/topics/x/", "/"), file("topics/x/index.html"));
        assert_eq!(read("/a%20b.html", "/"), file("a b.html"));
        assert_eq!(read("/%D9%82.html", "/"), file("\u{642}.html"));
        // Decomposed letters are one file with composed ones.
        assert_eq!(read("/%D8%A7%D9%93.html", "/"), file("\u{622}.html"));
        assert_eq!(read("/sub/a.css", "/sub/"), file("a.css"));
        assert_eq!(read("/a%252e", "/"), file("a%2e"), "decoded once");
    }

    #[test]
    fn what_leads_out_is_no_address() {
        let bad = [
            "/../etc/passwd",
            "/%2e%2e/x",
            "/a/..%2fb",
            "/a/./b",
            "//x",
            "/a//b",
            "/a%00b",
            "/a%5C..%5Cb",
            "/%ff",
            "/%2",
            "/%zz",
            "/a%0Ab",
        ];
        for path in bad {
            assert_eq!(read(path, "/"), Address::Bad, "{path}");
        }
        assert_eq!(read("/other", "/sub/"), Address::Elsewhere);
        assert_eq!(read("/sub", "/sub/"), Address::Elsewhere);
    }
}
