//! Measures how names are found. In: a site's folder, and for `score` annotated paragraphs of it. Out: on standard output what
//! a look at an article costs, or how much of what a reader marked is found, with every miss.
//!
//! ```console
//! $ cargo run --release --example mentions -- cost path/to/site [path/to/more/names]
//! $ cargo run --release --example mentions -- score tests/annotations/held.tsv path/to/site
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs, io,
    path::Path,
    process::ExitCode,
    time::Instant,
};

use brief::{
    link::matcher::Matcher,
    model::{article::TextRun, config::Config, registry::Entity, source::SourceFile},
    text::letters::Word,
    {load, parse},
};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PASSES: usize = 15;
/// The number of names that costs are told for besides those that a site has.
const NAMES: usize = 5_000;
/// The length of text to which costs are brought.
const ARTICLE: f64 = 6_600.0;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cost", site] => cost(Path::new(site), None)?,
        ["cost", site, more] => cost(Path::new(site), Some(Path::new(more)))?,
        ["score", annotations, site] => return score(annotations, Path::new(site)),
        _ => {
            eprintln!(
                "usage: mentions cost SITE [SITE-OF-MORE-NAMES] | mentions score ANNOTATIONS SITE"
            );
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What names cost in the articles of a site: its own names, and [`NAMES`] of them, made up from those of another site.
fn cost(site: &Path, more: Option<&Path>) -> io::Result<()> {
    let config = settings(site)?;
    let own = entities(site, &config)?;
    let mut bodies = Vec::new();
    for path in files(&site.join("content/articles"))?.into_iter().take(2_000) {
        bodies.push(parse::cut(&fs::read_to_string(path)?).body.to_owned());
    }
    let n_bytes: usize = bodies.iter().map(String::len).sum();
    println!("{} articles, {:.0} bytes each", bodies.len(), n_bytes as f64 / bodies.len() as f64);
    let mut many = own.clone();
    if let Some(more) = more {
        many.extend(entities(more, &settings(more)?)?);
    }
    let many = first_names(many);
    println!("the names of the site:");
    cost_of(&own, &bodies);
    if many.len() != own.len() {
        println!("{NAMES} names:");
        cost_of(&many, &bodies);
    }
    Ok(())
}

fn settings(site: &Path) -> io::Result<Config> {
    let text = fs::read_to_string(site.join("brief.yaml"))?;
    parse::config("brief.yaml", &text).0.ok_or_else(|| io::Error::other("the settings have errors"))
}

fn n_names(entities: &[Entity]) -> usize {
    entities.iter().map(|it| 1 + it.aliases.len()).sum()
}

/// As many entities as have [`NAMES`] names, the last with as many aliases as are missing.
fn first_names(mut entities: Vec<Entity>) -> Vec<Entity> {
    let mut left = NAMES;
    entities.retain_mut(|entity| {
        entity.aliases.truncate(left.saturating_sub(1));
        let is_kept = left > 0;
        left -= left.min(1 + entity.aliases.len());
        is_kept
    });
    entities
}

fn cost_of(entities: &[Entity], bodies: &[String]) {
    let n_bytes: usize = bodies.iter().map(String::len).sum();
    let began = Instant::now();
    let matcher = Matcher::new(entities);
    let ready = began.elapsed();
    println!("  {} names of {} entities, ready in {ready:.1?}", n_names(entities), entities.len());
    let mut n_hits = 0;
    let mut times: Vec<f64> = (0..PASSES)
        .map(|_| {
            let began = Instant::now();
            n_hits = bodies.iter().map(|body| matcher.find(body, &[run(body)]).len()).sum();
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let for_article = |it: f64| it / n_bytes as f64 * ARTICLE;
    let [least, median, most] = [times[0], times[PASSES / 2], times[PASSES - 1]].map(for_article);
    println!(
        "  {median:.1} µs for {ARTICLE} bytes with {:.1} mentions, on one thread ({least:.1} to {most:.1} in \
         {PASSES} passes)",
        for_article(n_hits as f64)
    );
}

fn run(text: &str) -> TextRun {
    TextRun { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX), block: 0 }
}

fn entities(site: &Path, config: &Config) -> io::Result<Vec<Entity>> {
    let mut entities = Vec::new();
    for path in files(&site.join("content/entities"))? {
        let text = fs::read_to_string(&path)?;
        let below = path.strip_prefix(site).unwrap_or(&path).to_string_lossy().into_owned();
        let Some(kind) = load::kind(&below) else { continue };
        let file = SourceFile { path: below, kind, len: 0, article: None };
        entities.extend(parse::entity(&file, &text, config).0.map(|(entity, _)| entity));
    }
    Ok(entities)
}

fn files(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A paragraph with what a reader marked in it.
struct Paragraph {
    text: String,
    file: String,
    /// Bytes, the sign of the name, and whether the bytes are the whole name.
    marks: Vec<(usize, usize, String, bool)>,
}

/// How much of what was marked is found, and how much else, when each name is known and each paragraph is an article.
fn score(annotations: &str, site: &Path) -> io::Result<ExitCode> {
    if !site.join("content/articles").is_dir() {
        println!("skipped: there is no newsroom in {}", site.display());
        return Ok(ExitCode::SUCCESS);
    }
    let paragraphs = paragraphs(&fs::read_to_string(annotations)?, site)?;
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Paragraph { text, marks, .. } in &paragraphs {
        for (start, end, sign, _) in marks.iter().filter(|mark| mark.3) {
            names.entry(sign).or_default().insert(&text[*start..*end]);
        }
    }
    let entities: Vec<Entity> = names.values().map(|spellings| entity(spellings)).collect();
    let matcher = Matcher::new(&entities);
    let plain: BTreeSet<Vec<u64>> =
        names.values().flatten().map(|name| tokens(name, 0).map(|it| it.key).collect()).collect();
    let brief = |text: &str| -> Found {
        matcher.find(text, &[run(text)]).iter().map(|hit| (hit.start, hit.end)).collect()
    };
    let ways: [Way<'_>; 3] = [
        ("brief", &brief),
        ("folded words alone", &|text| compared(&plain, text, &[""])),
        ("every particle off", &|text| compared(&plain, text, PARTICLES)),
    ];
    println!("{} paragraphs, {} names", paragraphs.len(), entities.len());
    for (way, find) in ways {
        let (mut right, mut wrong, mut missed) = (0, 0, 0);
        for Paragraph { text, file, marks } in &paragraphs {
            let found = find(text);
            // A name of which nothing but what is left behind a particle was marked is none of the registry.
            let known = marks.iter().filter(|mark| names.contains_key(mark.2.as_str()));
            let marked: Found = known.map(|(start, end, ..)| (*start, *end)).collect();
            right += found.intersection(&marked).count();
            wrong += found.difference(&marked).count();
            missed += marked.difference(&found).count();
            if way == "brief" {
                let tell = |what: &str, (start, end): &(usize, usize)| {
                    println!("{what}  «{}» {file}", &text[*start..*end]);
                };
                found.difference(&marked).for_each(|it| tell("wrong ", it));
                marked.difference(&found).for_each(|it| tell("missed", it));
            }
        }
        let share = |part: usize, rest: usize| part as f64 / (part + rest).max(1) as f64;
        let (precision, recall) = (share(right, wrong), share(right, missed));
        let n = right + missed;
        println!("{way:<18}  precision {precision:.4}  recall {recall:.4}  of {n} mentions");
    }
    Ok(ExitCode::SUCCESS)
}

/// How names are found, with what it is called.
type Way<'w> = (&'w str, &'w dyn Fn(&str) -> Found);

/// Places of a text, in bytes.
type Found = BTreeSet<(usize, usize)>;

/// What is taken off a word by who asks nothing: the longest first.
const PARTICLES: &[&str] = &[
    "", "وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "وب", "ول", "وك", "فب",
    "فل", "فك", "لل", "ال", "و", "ف", "ب", "ك", "ل",
];

fn tokens(text: &str, from: usize) -> impl Iterator<Item = Word> {
    let mut at = from;
    std::iter::from_fn(move || {
        let word = Word::next(text, at, text.len())?;
        at = word.end;
        Some(word)
    })
}

/// Names found by nothing but folded words, the longest first, with these particles before them.
fn compared(names: &BTreeSet<Vec<u64>>, text: &str, particles: &[&str]) -> Found {
    const WORDS: usize = 12;
    let mut found = Found::new();
    let mut at = 0;
    while let Some(word) = Word::next(text, at, text.len()) {
        at = word.end;
        let starts = particles.iter().filter(|it| text[word.start..].starts_with(**it));
        let longest = starts.filter_map(|particle| {
            let start = word.start + particle.len();
            let words: Vec<Word> = tokens(text, start).take(WORDS).collect();
            let keys: Vec<u64> = words.iter().map(|it| it.key).collect();
            let n = (1..=words.len())
                .rev()
                .find(|n| start < word.end && names.contains(&keys[..*n]))?;
            Some((n, start, words[n - 1].end))
        });
        if let Some((_, start, end)) =
            longest.max_by_key(|(n, start, _)| (*n, std::cmp::Reverse(*start)))
        {
            found.insert((start, end));
            at = end;
        }
    }
    found
}

fn paragraphs(annotations: &str, site: &Path) -> io::Result<Vec<Paragraph>> {
    let malformed = || io::Error::other("a line of the annotations is not as it should be");
    let mut paragraphs = Vec::new();
    for line in annotations.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('\t');
        let mut next = || parts.next().ok_or_else(malformed);
        let (file, start, end, marks) = (next()?, next()?, next()?, next()?);
        let number = |text: &str| text.parse::<usize>().map_err(io::Error::other);
        let text = fs::read_to_string(site.join(file))?;
        let text = text.get(number(start)?..number(end)?).ok_or_else(malformed)?;
        let mark = |mark: &str| {
            let at = mark.find(['=', '~']).ok_or_else(malformed)?;
            let (start, end) = mark[..at].split_once('-').ok_or_else(malformed)?;
            let is_whole = mark[at..].starts_with('=');
            Ok((number(start)?, number(end)?, mark[at + 1..].to_owned(), is_whole))
        };
        paragraphs.push(Paragraph {
            text: text.to_owned(),
            file: file.to_owned(),
            marks: marks.split_whitespace().map(mark).collect::<io::Result<_>>()?,
        });
    }
    Ok(paragraphs)
}

/// An entity of which only its spellings are known, through the door by which editors name one.
fn entity(spellings: &BTreeSet<&str>) -> Entity {
    let quoted: Vec<String> =
        spellings.iter().map(|it| serde_json::to_string(it).unwrap_or_default()).collect();
    let text = format!(
        "---\nname: {}\nkind: organization\naliases: [{}]\n---\n",
        quoted.first().map_or("", String::as_str),
        quoted.join(", ")
    );
    let path = "content/entities/annotated.md".to_owned();
    let kind = brief::model::source::SourceKind::Entity;
    let file = SourceFile { path, kind, len: 0, article: None };
    let settings =
        "title: t\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\n";
    let config = parse::config("brief.yaml", settings).0;
    // Both texts are written here: they have no errors.
    let parsed = config.and_then(|config| parse::entity(&file, &text, &config).0);
    parsed.map(|(entity, _)| entity).unwrap_or_else(|| unreachable!("the text above is whole"))
}
