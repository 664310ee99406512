//! What the programs promise. In: folders in the place that cargo keeps for tests. Out: newsrooms that go on where
//! smaller ones end, and a floor that writes what was built.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process,
};

use brief_bench::{
    corpus::{self, Recipe},
    floor,
};

/// A folder that is not there yet.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a folder of an earlier run can be removed");
    }
    folder
}

/// Every file below a folder, by path.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder_now) = folders.pop() {
        for entry in fs::read_dir(folder_now).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("it is below").to_owned();
                files.insert(below, fs::read(&path).expect("it can be read"));
            }
        }
    }
    files
}

#[test]
fn a_newsroom_goes_on_where_a_smaller_one_ends() {
    let (small, large) = (fresh("small"), fresh("large"));
    let recipe = |n_articles| Recipe { n_articles, seed: 5, is_short: true };
    corpus::generate(recipe(270), &small).expect("it is generated");
    corpus::generate(recipe(280), &large).expect("it is generated");
    let large_tree = tree(&large);
    let mut begun = tree(&small);
    begun.remove(Path::new("corpus.txt"));
    assert_eq!(begun.len(), 1 + 200 + 5_000 + 270);
    assert!(begun.iter().all(|(path, bytes)| large_tree.get(path) == Some(bytes)));

    let (grown, added) = corpus::add(10, &small).expect("it goes on");
    assert_eq!((grown, added.len()), (recipe(280), 10));
    assert_eq!(tree(&small), large_tree);
    assert!(corpus::generate(recipe(1), &small).is_err(), "there is something in the folder");
    [small, large].iter().for_each(|folder| fs::remove_dir_all(folder).expect("it can be removed"));
}

#[test]
fn the_floor_writes_files_of_the_same_names_and_lengths() {
    let (site, out) = (fresh("site"), fresh("out"));
    for (path, len) in
        [("content/a/b.md", 10), ("static/c", 3), ("public/d.html", 70_000), ("public/e/f/g", 0)]
    {
        let path = site.join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(path, vec![b'x'; len]).expect("it can be written");
    }
    let measured = floor::measure(&site, &site.join("public"), &out).expect("it runs").json();
    let lengths: Vec<_> = tree(&out).into_iter().map(|(path, bytes)| (path, bytes.len())).collect();
    assert_eq!(lengths, [("d.html".into(), 70_000), ("e/f/g".into(), 0)]);
    assert!(
        measured.contains(r#""files_in": 2, "bytes_in": 13, "files_out": 2, "bytes_out": 70000"#),
        "{measured}"
    );
    assert!(floor::measure(&site, &site.join("public"), &out).is_err(), "it is not fresh");
    [site, out].iter().for_each(|folder| fs::remove_dir_all(folder).expect("it can be removed"));
}
