//! Embeds the theme, and gives the crate a digest of its own sources.
//!
//! `THEME_TEMPLATES` and `THEME_STATIC` list the files of `templates/` and `static/`. `BRIEF_SOURCES` goes into every
//! fingerprint: a page made by other code is made again, also between two releases of one version number.

use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let mut theme = String::new();
    let mut hasher = DefaultHasher::new();
    for folder in ["src", "templates", "static"] {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = BTreeSet::new();
        collect(Path::new(folder), &mut files)?;
        for file in &files {
            hasher.write(&fs::read(file)?);
        }
        if folder != "src" {
            theme.push_str(&table(folder, &files)?);
        }
    }
    println!("cargo:rerun-if-changed=Cargo.lock");
    hasher.write(&fs::read("Cargo.lock")?);
    println!("cargo:rustc-env=BRIEF_SOURCES={:016x}", hasher.finish());
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("theme.rs"), theme)
}

/// A Rust constant with the name and bytes of each file.
fn table(folder: &str, files: &BTreeSet<PathBuf>) -> io::Result<String> {
    let mut text = format!("const THEME_{}: &[(&str, &[u8])] = &[\n", folder.to_uppercase());
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let path = fs::canonicalize(file)?;
        writeln!(text, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
    }
    text.push_str("];\n");
    Ok(text)
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !hidden {
            files.insert(path);
        }
    }
    Ok(())
}
