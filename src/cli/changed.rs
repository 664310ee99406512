//! `--changed`: what was typed or read → what may have changed. In: paths, and standard input where `-` stands among
//! them. Out: files and folders below the site's root, or the paths that are none of the site's. [`paths`] is the entry.

use std::{
    collections::BTreeSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::disk::{SETTINGS, Site};

/// What a site is made of.
const SOURCES: [&str; 3] = ["content", "templates", "static"];

/// A path that is none of the site's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stray {
    /// As it was given.
    pub(super) path: String,
    /// What to do.
    pub(super) hint: &'static str,
}

/// Paths relative to the site's root, sorted, none below another; `folder` is the current one.
///
/// A relative path may be meant from the current folder or from the root. Where both are possible both are taken: to look
/// at what has not changed does no harm.
///
/// # Errors
/// When `input` cannot be read; in the inner result, every path that is none of the site's.
pub(super) fn paths(
    site: &Site,
    folder: &Path,
    given: &[PathBuf],
    input: &mut impl Read,
) -> io::Result<Result<Vec<String>, Vec<Stray>>> {
    let mut found = BTreeSet::new();
    let mut strays = Vec::new();
    let mut add = |path: &Path, hint: &'static str| {
        let places = places(site, folder, path);
        if places.is_empty() {
            strays.push(Stray { path: path.display().to_string(), hint });
        }
        found.extend(places);
    };
    for path in given {
        if path.as_os_str() != "-" {
            add(path, NOT_OF_THE_SITE);
            continue;
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        for name in names(&bytes) {
            // A name that is not UTF-8 stays unknown, and is shown as far as it can be.
            let is_quoted = name.starts_with(b"\"");
            let name = String::from_utf8_lossy(name);
            add(Path::new(name.as_ref()), if is_quoted { QUOTED } else { NOT_OF_THE_SITE });
        }
    }
    Ok(if strays.is_empty() { Ok(outermost(found)) } else { Err(strays) })
}

const NOT_OF_THE_SITE: &str =
    "name what is in content/, templates/ or static/ of the site, or its brief.yaml";
const QUOTED: &str = "git has put this name in quotes; ask it for plain ones with -z";

/// The names of a list: with NUL after each, else one on each line.
fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(move |byte| *byte == end);
    let names = names.map(move |name| match name {
        [line @ .., b'\r'] if end == b'\n' => line,
        name => name,
    });
    names.filter(|name| !name.is_empty())
}

/// What a path may mean below the root; nothing if it is none of the site's.
fn places(site: &Site, folder: &Path, path: &Path) -> Vec<String> {
    let places = [folder, site.root()].map(|start| site.place_of(start, path));
    let mut sources = Vec::new();
    for place in places.into_iter().flatten() {
        let top = place.split('/').next().unwrap_or_default();
        if place.is_empty() {
            sources.extend(SOURCES.map(str::to_owned));
            sources.push(SETTINGS.to_owned());
        } else if place == SETTINGS || SOURCES.contains(&top) {
            sources.push(place);
        }
    }
    sources
}

/// Without what is below another.
fn outermost(paths: BTreeSet<String>) -> Vec<String> {
    let is_below =
        |path: &String| path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
    paths.iter().filter(|path| !is_below(path)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths in a site of three files, or those that are none of its; the current folder is `folder` of it.
    fn found(folder: &str, given: &[&str], input: &[u8]) -> Result<Vec<String>, Vec<String>> {
        let temporary = tempfile::tempdir().map_err(|error| vec![error.to_string()])?;
        let root = temporary.path().join("site");
        let files = ["brief.yaml", "content/articles/a.md", "content/articles/2023/b.md"];
        let files = files.map(|path| (path.to_owned(), String::new()));
        crate::disk::create_site(&root, &files).map_err(|error| vec![error.to_string()])?;
        let site = Site::find(&root).ok_or_else(|| vec!["no site".to_owned()])?;
        let given: Vec<_> = given
            .iter()
            .map(|path| PathBuf::from(path.replace("ROOT", &root.display().to_string())))
            .collect();
        match paths(&site, &site.root().join(folder), &given, &mut &input[..]) {
            Ok(found) => found.map_err(|strays| strays.into_iter().map(|it| it.path).collect()),
            Err(error) => Err(vec![error.to_string()]),
        }
    }

    fn owned<const N: usize>(paths: [&str; N]) -> Vec<String> {
        paths.map(str::to_owned).into()
    }

    #[test]
    fn paths_are_meant_from_here_or_from_the_root() {
        let expected = Ok(owned(["content/articles/2023/b.md", "content/articles/a.md"]));
        let all = ["content/articles/a.md", "./content//articles/x/../2023/b.md"];
        assert_eq!(found("", &all, b""), expected);
        assert_eq!(found("content/articles", &["a.md", "2023/b.md"], b""), expected);
        assert_eq!(found("content/articles/2023", &["b.md", "../a.md"], b""), expected);
        assert_eq!(found("..", &["site/content/articles/a.md"], b"").map(|it| it.len()), Ok(1));
        assert_eq!(
            found("content", &["ROOT/content/articles/a.md"], b""),
            Ok(owned(["content/articles/a.md"]))
        );
        // From the root it is a file that is there, from here one that may have been.
        assert_eq!(
            found("content/articles", &["content/articles/a.md"], b""),
            Ok(owned(["content/articles/a.md", "content/articles/content/articles/a.md"]))
        );
    }

    #[test]
    fn what_is_gone_is_named_too_and_a_folder_stands_for_all_below_it() {
        assert_eq!(
            found("", &["content/articles/gone.md", "brief.yaml"], b""),
            Ok(owned(["brief.yaml", "content/articles/gone.md"]))
        );
        let nested = [
            "content/articles/2023-b/c.md",
            "content/articles/2023/",
            "content/articles/2023/b.md",
        ];
        assert_eq!(
            found("", &nested, b""),
            Ok(owned(["content/articles/2023", "content/articles/2023-b/c.md"]))
        );
        let whole = Ok(owned(["brief.yaml", "content", "static", "templates"]));
        assert_eq!(found("", &["."], b""), whole);
        assert_eq!(found("..", &["site"], b""), whole);
    }

    #[test]
    fn a_path_that_is_none_of_the_sites_is_named() {
        let strays =
            ["README.md", "../other/content/a.md", "/etc/passwd", "contents/a.md", "brief.yaml/a"];
        assert_eq!(found("", &strays, b""), Err(owned(strays)));
        assert_eq!(
            found("", &["content", "public/index.html"], b""),
            Err(owned(["public/index.html"]))
        );
        assert_eq!(found("..", &["content/../.."], b""), Err(owned(["content/../.."])));
    }

    #[test]
    fn standard_input_has_lines_or_names_that_end_with_nul() {
        let expected = Ok(owned(["content/a b.md", "content/c.md", "static/x.css"]));
        assert_eq!(
            found("", &["-", "static/x.css"], b"content/c.md\r\n\ncontent/a b.md"),
            expected
        );
        assert_eq!(found("", &["-"], b"content/c.md\0content/a b.md\0static/x.css\0"), expected);
        assert_eq!(found("", &["-"], b"content/a\nb.md\0"), Ok(owned(["content/a\nb.md"])));
        assert_eq!(found("", &["-"], b""), Ok(Vec::new()));
        let quoted = br#""content/\331\202.md""#;
        assert_eq!(found("", &["-"], quoted), Err(owned([r#""content/\331\202.md""#])));
    }
}
