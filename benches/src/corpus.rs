//! A newsroom on disk. In: how many articles, a seed, a folder. Out: `brief.yaml` and `content/` in that folder.
//! [`generate`] begins one, [`add`] goes on with one.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    article::{A_DAY, Maker, day_after},
    threads,
};

/// What a newsroom is made from. It is kept beside the settings, so that [`add`] can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// How many articles.
    pub n_articles: u64,
    /// Of all draws.
    pub seed: u64,
    /// Whether bodies are some 600 bytes long instead of some 6,600.
    pub is_short: bool,
}

/// The file that keeps the [`Recipe`]; brief does not read it.
const RECIPE: &str = "corpus.txt";

/// Writes a newsroom into a folder that is empty or not there.
///
/// # Errors
/// When the folder holds something, or cannot be written.
pub fn generate(recipe: Recipe, out: &Path) -> io::Result<()> {
    let is_empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if out.exists() && !is_empty {
        return Err(io::Error::other(format!("{} is not an empty folder", out.display())));
    }
    let maker = Maker::new(recipe.seed, recipe.is_short);
    write_registry(&maker, out)?;
    write_articles(&maker, 0..recipe.n_articles, out)?;
    write(&out.join("brief.yaml"), include_bytes!("../text/brief.yaml"))?;
    recipe.save(out)
}

/// Adds articles to a newsroom of [`generate`]; returns the paths of the new files, below `out`.
///
/// # Errors
/// When the folder is none of [`generate`], or cannot be written.
pub fn add(n_more: u64, out: &Path) -> io::Result<(Recipe, Vec<PathBuf>)> {
    let mut recipe = Recipe::load(out)?;
    let before = recipe.n_articles;
    recipe.n_articles += n_more;
    let maker = Maker::new(recipe.seed, recipe.is_short);
    write_articles(&maker, before..recipe.n_articles, out)?;
    recipe.save(out)?;
    let mut text = String::new();
    let mut path = |number| Path::new(ARTICLES).join(maker.write(number, &mut text));
    Ok((recipe, (before..recipe.n_articles).map(&mut path).collect()))
}

const ARTICLES: &str = "content/articles";

fn write_registry(maker: &Maker, out: &Path) -> io::Result<()> {
    let (topics, entities) = (&maker.registry.topics, &maker.registry.entities);
    let folders = [out.join("content/topics"), out.join("content/entities")];
    folders
        .iter()
        .try_for_each(|folder| fs::create_dir_all(folder).map_err(|e| named(folder, &e)))?;
    let [topic_folder, entity_folder] = folders;
    for (rank, topic) in topics.iter().enumerate() {
        let path = topic_folder.join(format!("{}.md", topic.id));
        write(&path, topic.file(rank, &maker.phrases).as_bytes())?;
    }
    threads::for_each(entities.len(), |rank, (): &mut ()| {
        let Some(entity) = entities.get(rank) else { return Ok(()) };
        let path = entity_folder.join(format!("{}.md", entity.id));
        write(&path, entity.file(rank, &maker.phrases).as_bytes())
    })
}

/// A job is a day, so that each folder is made by one thread, and once.
fn write_articles(maker: &Maker, numbers: std::ops::Range<u64>, out: &Path) -> io::Result<()> {
    let articles = out.join(ARTICLES);
    let first = numbers.start / A_DAY;
    let n_days = numbers.end.div_ceil(A_DAY) - first;
    threads::for_each(usize::try_from(n_days).unwrap_or(usize::MAX), |job, text: &mut String| {
        let day = (first + job as u64) * A_DAY;
        let mut made = PathBuf::new();
        for number in day.max(numbers.start)..(day + A_DAY).min(numbers.end) {
            let path = articles.join(maker.write(number, text));
            if let Some(folder) = path.parent().filter(|folder| *folder != made) {
                fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
                made = folder.to_owned();
            }
            write(&path, text.as_bytes())?;
        }
        Ok(())
    })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| named(path, &error))
}

/// An error that says which file it is about.
pub(crate) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

impl Recipe {
    /// The day, `YYYY-MM-DD`, from whose first moment on everything of the newsroom, and of one article more, is out.
    #[must_use]
    pub fn now(&self) -> String {
        day_after(self.n_articles)
    }

    fn save(self, out: &Path) -> io::Result<()> {
        let Self { n_articles, seed, is_short } = self;
        let text = format!("articles {n_articles}\nseed {seed}\nshort {is_short}\n");
        write(&out.join(RECIPE), text.as_bytes())
    }

    fn load(out: &Path) -> io::Result<Self> {
        let path = out.join(RECIPE);
        let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
            line.ok_or_else(|| io::Error::other(format!("{}: no `{key}`", path.display())))
        };
        let number = |key| {
            value(key)?.parse().map_err(|_| {
                io::Error::other(format!("{}: `{key}` is not a number", path.display()))
            })
        };
        Ok(Self {
            n_articles: number("articles")?,
            seed: number("seed")?,
            is_short: value("short")? == "true",
        })
    }
}
