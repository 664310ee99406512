//! A site in a temporary folder, for tests that read as a story: write files, build, look, change a file, build again.
//!
//! In: content as text. Out: [`Built`]: what was published, what brief said. [`Site::new`] is the entry; nothing of
//! the machine's environment, clock or time zone reaches a build.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use brief::{
    diag::{Diagnostic, Severity},
    disk,
    link::Shows,
    model::shard::Shard,
    pipeline::{self, Options, Outcome},
    progress::Silent,
    write::Report,
};
use jiff::Timestamp;
use tempfile::TempDir;

/// The settings of a new site.
const SETTINGS: &str =
    "title: Test\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\n";

/// A site in a folder of its own, removed with the value.
#[derive(Debug)]
pub(crate) struct Site {
    folder: TempDir,
    now: Timestamp,
    is_strict: bool,
    is_cold: bool,
    may_shrink: bool,
    shard: Option<Shard>,
    changed: Option<Vec<String>>,
    output: String,
}

/// What a build did, and what is in the output folder after it.
#[derive(Debug)]
pub(crate) struct Built {
    /// All that the pipeline returned.
    pub(crate) outcome: Outcome,
    output: PathBuf,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// Exit code.
    pub(crate) code: i32,
}

/// Writing the site.
impl Site {
    /// A site with settings and nothing else; "now" is the first second of 2024.
    pub(crate) fn new() -> Self {
        let now = Timestamp::constant(1_704_067_200, 0);
        let site = Self {
            folder: TempDir::new().unwrap(),
            now,
            is_strict: false,
            is_cold: false,
            may_shrink: true,
            shard: None,
            changed: None,
            output: "public".to_owned(),
        };
        site.file("brief.yaml", SETTINGS)
    }

    /// Writes a file, or replaces it; `path` is below the root.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Writes a file, or replaces it; `path` is below the root.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }

    /// Sets keys of the settings; one that is there already is replaced.
    pub(crate) fn setting(self, lines: &str) -> Self {
        let keys: Vec<_> =
            lines.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect();
        let settings = fs::read_to_string(self.path("brief.yaml")).unwrap();
        let is_kept = |line: &&str| {
            !keys.iter().any(|key| line.strip_prefix(key).is_some_and(|it| it.starts_with(':')))
        };
        let kept: Vec<_> = settings.lines().filter(is_kept).collect();
        self.file("brief.yaml", format!("{}\n{}\n", kept.join("\n"), lines.trim_end()))
    }

    /// An article; `path` is below `content/articles/`, `front` the lines between the two `---`.
    pub(crate) fn article(self, path: &str, front: &str, body: &str) -> Self {
        self.content(&format!("articles/{path}"), front, body)
    }

    /// Any content file; `path` is below `content/`.
    pub(crate) fn content(self, path: &str, front: &str, body: &str) -> Self {
        self.file(&format!("content/{path}"), format!("---\n{}\n---\n{body}", front.trim_end()))
    }

    /// Deletes a file or a folder.
    pub(crate) fn remove(self, path: &str) -> Self {
        let full = self.path(path);
        if full.is_dir() { fs::remove_dir_all(full) } else { fs::remove_file(full) }.unwrap();
        self
    }

    /// Sets "now" for the builds that follow (RFC 3339).
    pub(crate) fn now(self, time: &str) -> Self {
        Self { now: time.parse().unwrap(), ..self }
    }

    /// Whether the builds that follow treat unknown topics, entities and stories as errors.
    pub(crate) fn strict(self, is_strict: bool) -> Self {
        Self { is_strict, ..self }
    }

    /// Whether the builds that follow forget what the last one left.
    pub(crate) fn cold(self, is_cold: bool) -> Self {
        Self { is_cold, ..self }
    }

    /// Whether the builds that follow may remove more than a third of the pages; true in a new site.
    pub(crate) fn may_shrink(self, may_shrink: bool) -> Self {
        Self { may_shrink, ..self }
    }

    /// What the builds that follow are told has changed; `None` lets them look.
    pub(crate) fn changed(self, changed: Option<Vec<String>>) -> Self {
        Self { changed, ..self }
    }

    /// Lets the builds that follow make one part of the site (`2/7`), or all of it (`None`).
    pub(crate) fn part(self, part: Option<&str>) -> Self {
        Self { shard: part.map(|part| part.parse().unwrap()), ..self }
    }

    /// The folder below the root that the builds that follow publish into; `public` in a new site.
    pub(crate) fn out(self, folder: &str) -> Self {
        Self { output: folder.to_owned(), ..self }
    }
}

/// Building it, and looking at what is there.
impl Site {
    /// Builds into `public/`, or where [`Site::out`] says, in this process.
    #[track_caller]
    pub(crate) fn build(&self) -> Built {
        self.try_build().unwrap_or_else(|error| panic!("the build could not run: {error}"))
    }

    /// Builds in this process; an error when the disk refuses.
    pub(crate) fn try_build(&self) -> Result<Built, disk::DiskError> {
        let site = disk::Site::find(self.folder.path()).expect("brief.yaml is in the root");
        let outcome = pipeline::build(&site, &self.options(), &Silent)?;
        Ok(Built { outcome, output: self.path(&self.output) })
    }

    /// What a build of it is asked to do.
    pub(crate) fn options(&self) -> Options {
        Options {
            output: PathBuf::from(&self.output),
            now: self.now,
            strict: self.is_strict,
            cold: self.is_cold,
            allow_shrink: self.may_shrink,
            changed: self.changed.clone(),
            shard: self.shard,
            shows: Shows::default(),
            explain_mentions: false,
        }
    }

    /// Runs the program in the root, with nothing of this machine's environment.
    pub(crate) fn cli(&self, arguments: &[&str]) -> Ran {
        self.cli_in(arguments, &[])
    }

    /// Runs the program in the root, in the given environment.
    pub(crate) fn cli_in(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
        command.args(arguments).current_dir(self.folder.path());
        run(&mut command, environment)
    }

    /// A path below the root.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Every file of `public/` with its bytes, by path below it.
    pub(crate) fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        self.tree_of("public")
    }

    /// Builds the site; what [`Site::tree`] is then.
    #[track_caller]
    pub(crate) fn tree_when_built(&self) -> BTreeMap<String, Vec<u8>> {
        self.build().published();
        self.tree()
    }

    /// Every file of a folder below the root with its bytes, by path below it; without the marker, which is not part of a
    /// site: it tells brief what it made, in the order in which it made it.
    pub(crate) fn tree_of(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut tree = tree(&self.path(folder));
        tree.remove(".brief-output");
        tree
    }

    /// The settings and every file of `content/`, `templates/` and `static/`, by path below the root.
    pub(crate) fn sources(&self) -> BTreeMap<String, Vec<u8>> {
        let mut sources = tree(self.folder.path());
        sources.retain(|path, _| {
            path == "brief.yaml"
                || ["content/", "templates/", "static/"].iter().any(|it| path.starts_with(it))
        });
        sources
    }
}

impl Built {
    /// Whether the site was published.
    pub(crate) fn is_published(&self) -> bool {
        self.outcome.is_published()
    }

    /// What was created, replaced and removed; a build that published nothing fails the test with what brief said.
    #[track_caller]
    pub(crate) fn published(&self) -> Report {
        let said = || format!("nothing was published:\n{}", self.diagnostics().join("\n"));
        self.outcome.report.clone().unwrap_or_else(|| panic!("{}", said()))
    }

    /// What brief said, one line each: `warning unknown-topic content/articles/a.md:4:9 there is no topic «x»`.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        self.outcome.diagnostics.iter().map(line).collect()
    }

    /// Only the errors among them.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.outcome
            .diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .map(line)
            .collect()
    }

    /// The text of an output by its route: `/`, `/topics/x/`, `/feed.xml`.
    #[track_caller]
    pub(crate) fn page(&self, route: &str) -> String {
        fs::read_to_string(self.file_of(route)).unwrap_or_else(|error| panic!("{route}: {error}"))
    }

    /// Whether there is an output at a route.
    pub(crate) fn exists(&self, route: &str) -> bool {
        self.file_of(route).is_file()
    }

    fn file_of(&self, route: &str) -> PathBuf {
        let path = route.strip_prefix('/').expect("a route begins with /");
        let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
        self.output.join(format!("{path}{index}"))
    }
}

/// Every file below a folder with its bytes, by path below it.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tree = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                tree.insert(name, fs::read(path).unwrap());
            }
        }
    }
    tree
}

fn line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { severity, code, file, place, message, .. } = diagnostic;
    format!("{severity} {code} {file}:{}:{} {message}", place.line, place.column)
}

/// Runs a command with a `PATH` that holds the program, the given variables, and nothing of this machine's.
pub(crate) fn run(command: &mut Command, environment: &[(&str, &str)]) -> Ran {
    let programs = Path::new(env!("CARGO_BIN_EXE_brief")).parent().unwrap();
    let folders = [programs, Path::new("/usr/local/bin"), Path::new("/usr/bin"), Path::new("/bin")];
    command
        .env_clear()
        .env("PATH", std::env::join_paths(folders).unwrap())
        .envs(environment.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    Ran {
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
        code: status.code().expect("the program was not killed"),
    }
}

/// The example of `tests/README.md`.
#[test]
fn a_withdrawn_article_leaves_no_trace() {
    let site = Site::new().content("topics/ports.md", "name: Ports", "").article(
        "a.md",
        "title: One\ndate: 2023-09-12\ntopics: [ports]",
        "Text.",
    );
    let before = site.tree_when_built();

    let site = site.article("b.md", "title: Two\ndate: 2023-09-13\ntopics: [ports]", "Text.");
    assert!(site.build().page("/topics/ports/").contains("Two"));

    let site = site.remove("content/articles/b.md");
    let built = site.build();
    assert!(!built.exists("/2023/09/13/b.html"));
    assert_eq!(built.diagnostics(), [""; 0]);
    assert_eq!(site.tree(), before);
}

#[test]
fn a_fault_names_its_place_and_nothing_is_published() {
    let site = Site::new().article("a.md", "title: First\ndate: 2023-02-30", "");
    let built = site.build();
    assert!(!built.is_published());
    assert!(built.errors()[0].contains("content/articles/a.md:3:7"), "{:?}", built.errors());
    let ran = site.cli(&["build", "--now", "2024-01-01T00:00:00Z"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("content/articles/a.md:3:7"), "{}", ran.stderr);
}

#[test]
fn now_and_the_settings_are_the_only_surroundings_of_a_build() {
    let site = Site::new().setting("permalink: /:year/:slug/").now("2023-09-12T00:00:00Z").article(
        "a.md",
        "title: Later\ndate: 2023-09-12\npublish_at: 2023-09-13T00:00:00Z\ntopics: [nowhere]",
        "",
    );
    assert!(!site.build().exists("/2023/a/"));
    let site = site.now("2023-09-13T00:00:00Z");
    assert!(site.build().exists("/2023/a/"));
    let site = site.strict(true);
    assert!(!site.build().errors().is_empty());
    let site = site.strict(false).now("2023-09-12T00:00:00Z").may_shrink(false);
    assert!(!site.build().is_published());
    let report = site.may_shrink(true).cold(true).build().published();
    assert_eq!(report.rendered, report.outputs);
}
