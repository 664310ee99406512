//! Links of texts → what they lead to. In: a text that the archive holds, with everything that it may lead to. Out: an error
//! for each link that leads nowhere, the files beside content that it shows, and a digest of all that it shows of others.
//! [`follow`] is the entry for articles, [`Follower::text`] for other texts.

use super::{
    changes::image_link,
    publish::{Sight, withheld},
};
use crate::{
    archive::{Newsroom, Original, Registered},
    diag::{Diagnostic, Place},
    model::{
        Digest,
        article::{BodyLink, BodyLinkKind, Image},
        hash::Hash,
        links::{Names, Resolved},
        newsroom::{ArticleId, Filed, ListId, Media, Refs, Row, Target},
        registry::Story,
        source::Written,
    },
};

/// How many lists an article takes its earlier coverage from.
const TELLING_LISTS: usize = 2;

/// Looks at a file beside content: its route, size and digest; an error is reported where it is referred to.
pub type Look<'a> = dyn Fn(&str) -> Result<Media, Diagnostic> + Sync + 'a;

/// An article with its links followed.
#[derive(Debug)]
pub struct Followed {
    /// Its file.
    pub source: Box<str>,
    /// Its row.
    pub row: Row,
    /// Files that it shows.
    pub media: Vec<(String, Media)>,
    /// Links that lead nowhere.
    pub diagnostics: Vec<Diagnostic>,
}

/// Follows the links of an article. What is withheld is not looked at: its faults are its editor's alone until it is due.
#[must_use]
pub fn follow(newsroom: &Newsroom, look: &Look<'_>, id: ArticleId, sight: Sight) -> Followed {
    let newsroom = newsroom.of_article(id);
    let filed = newsroom.article(id);
    let published = withheld(&filed.summary, sight).is_none();
    let mut follower = Follower { newsroom, look, media: Vec::new(), diagnostics: Vec::new() };
    let mut refs = Hash::default();
    let mut card = Hash::default();
    if published {
        let summary = &filed.summary;
        let all = follower.text(&summary.source, summary.image.as_ref(), &filed.links);
        follower.hash(&all, &mut refs);
        card.digest(summary.digest).text(filed.ties.route.as_str());
        follower.lead_image(&summary.source, summary.image.as_ref(), &mut card);
        follower.translation(id, &filed);
    }
    if let Some(topic) = filed.ties.topics.first() {
        let topic = newsroom.topic(*topic);
        card.text(&topic.id).text(&topic.name);
    }
    let has_namesake = published && newsroom.finds_namesake(id);
    let content = content(newsroom, &filed, has_namesake);
    let row = row(&filed, (published, has_namesake), [card.finish(), content, refs.finish()]);
    let source = filed.summary.source.as_str().into();
    Followed { source, row, media: follower.media, diagnostics: follower.diagnostics }
}

/// Of an article's body, and of the names in it.
fn content(newsroom: &Newsroom, filed: &Filed, has_namesake: bool) -> Digest {
    let mut content = Hash::default();
    // Two articles of one day with one stem are told apart by their paths in feeds.
    content.digest(filed.summary.body_digest).number(usize::from(has_namesake));
    for mention in &filed.mentions {
        // By its id: its position changes with every entity that gets a file.
        content.text(&newsroom.entity(mention.entity).id).debug(&mention.places);
    }
    content.finish()
}

fn row(
    filed: &Filed,
    (published, has_namesake): (bool, bool),
    [card, content, refs]: [Digest; 3],
) -> Row {
    let (summary, ties) = (&filed.summary, &filed.ties);
    Row {
        micros: summary.date.instant.as_microsecond(),
        day: summary.date.day(),
        kind: summary.kind,
        priority: summary.priority,
        published,
        has_namesake,
        tongue: summary.tongue,
        story: ties.story,
        topics: ties.topics.clone(),
        entities: filed.entities().collect(),
        telling: telling_lists(filed),
        spellings: filed.spellings().collect(),
        card,
        content,
        refs,
    }
}

/// What it is about, then what it mentions most, then its topics. Which lists these are depends on the article
/// alone, not on how common each is, so that it never changes with the archive.
fn telling_lists(filed: &Filed) -> Vec<ListId> {
    let ties = &filed.ties;
    let about = ties.about.iter().copied();
    let mut mentions: Vec<_> = filed.mentions.iter().collect();
    mentions.sort_by_key(|mention| std::cmp::Reverse(mention.places.len()));
    let mentioned = mentions.into_iter().map(|mention| mention.entity);
    let entities = about.chain(mentioned.filter(|entity| !ties.about.contains(entity)));
    let topics = ties.topics.iter().map(|&topic| ListId::Topic(topic));
    entities.map(ListId::Entity).chain(topics).take(TELLING_LISTS).collect()
}

/// Follows links and notes what it meets.
pub struct Follower<'a> {
    /// Everything that there is.
    pub newsroom: &'a Newsroom,
    /// Looks at files.
    pub look: &'a Look<'a>,
    /// Files that were shown.
    pub media: Vec<(String, Media)>,
    /// What leads nowhere.
    pub diagnostics: Vec<Diagnostic>,
}

impl Follower<'_> {
    /// What a text and its image refer to.
    pub fn text(&mut self, source: &str, image: Option<&Image>, links: &[BodyLink]) -> Refs {
        let mut refs = Refs::default();
        for link in image_link(image).iter().chain(links) {
            match self.newsroom.resolve(source, &link.dest.text, link.kind) {
                Resolved::AsWritten => {
                    let path = link.dest.text.strip_prefix('/').unwrap_or_default();
                    if self.newsroom.statics.contains_key(path) {
                        refs.statics.push(path.to_owned());
                    }
                }
                // Not each once: which link leads where matters to who hashes them.
                Resolved::Target(target, _) => refs.targets.push(target),
                Resolved::File(path) => self.file(path, &mut refs),
                Resolved::Unpublished => self.diagnostics.push(unpublished(source, &link.dest)),
                Resolved::Ambiguous(_) => self.diagnostics.push(ambiguous(source, &link.dest)),
                Resolved::Missing => self.diagnostics.push(missing(source, link)),
            }
        }
        refs
    }

    fn file(&mut self, path: String, refs: &mut Refs) {
        if refs.media.contains(&path) {
            return;
        }
        match (self.look)(&path) {
            Ok(media) => self.media.push((path.clone(), media)),
            Err(fault) => self.diagnostics.push(fault),
        }
        refs.media.push(path);
    }

    /// What an article says it translates, and whether another says the same in its language.
    fn translation(&mut self, id: ArticleId, filed: &Filed) {
        let (newsroom, summary) = (self.newsroom, &filed.summary);
        if !newsroom.config.is_multilingual() {
            return;
        }
        if let Some(written) = &summary.translation_of {
            match newsroom.original(id, written) {
                Original::Known(_) | Original::Unpublished => {}
                Original::Ambiguous => self.diagnostics.push(ambiguous(&summary.source, written)),
                Original::Missing => {
                    let message =
                        format!("there is no article «{}» in another language", written.text);
                    let hint = "write the path of the article that this one translates, below \
                                content/articles/ and without extension and language";
                    self.diagnostics.push(
                        Diagnostic::error(
                            &summary.source,
                            written.place,
                            "missing-target",
                            message,
                        )
                        .hint(hint),
                    );
                }
            }
        }
        let same = |other: &ArticleId| {
            let other = &newsroom.face(*other).heading;
            (other.tongue == summary.tongue && other.source < summary.source)
                .then(|| other.source.clone())
        };
        if let Some(other) = newsroom.set_of(id).iter().find_map(same) {
            let message = format!(
                "this and `{other}` are both the translation into «{}» of one article",
                newsroom.config.language
            );
            let place = summary.translation_of.as_ref().map_or(Place::FILE, |it| it.place);
            self.diagnostics.push(
                Diagnostic::error(&summary.source, place, "two-translations", message)
                    .hint("give one of them another name or `translation_of`, or delete it"),
            );
        }
    }

    /// Articles that the milestones of a story name.
    pub fn milestones(&mut self, story: &Story) {
        for written in story.milestones.iter().filter_map(|it| it.article.as_ref()) {
            self.article(&story.source, written);
        }
    }

    /// An article that `written` names.
    pub fn article(&mut self, source: &str, written: &Written) {
        match self.newsroom.resolve_in("articles", &written.text) {
            Resolved::Target(Target::Article(_), _) | Resolved::Unpublished => {}
            _ => self.diagnostics.push(leads_nowhere(source, written, "article")),
        }
    }

    /// All that a page shows of what its text refers to.
    fn hash(&self, refs: &Refs, hash: &mut Hash) {
        for &target in &refs.targets {
            hash.text(self.newsroom.route(target).as_str()).text(&self.newsroom.name(target));
        }
        for path in &refs.statics {
            hash.text(path).debug(&self.newsroom.statics.get(path).and_then(|file| file.size));
        }
        for path in &refs.media {
            hash.text(path);
            if let Some((_, media)) = self.media.iter().find(|(other, _)| other == path) {
                hash.digest(media.digest).text(media.route.as_str());
            }
        }
    }

    /// A lead image is shown with its size, so what stands at its address matters, also when that is in `static/`.
    fn lead_image(&self, source: &str, image: Option<&Image>, hash: &mut Hash) {
        let Some(image) = image else { return };
        match self.newsroom.resolve(source, &image.src.text, BodyLinkKind::Image) {
            Resolved::File(path) => {
                if let Some((_, media)) = self.media.iter().find(|(other, _)| *other == path) {
                    hash.digest(media.digest).text(media.route.as_str());
                }
            }
            _ => {
                let file = image.src.text.strip_prefix('/');
                if let Some(file) = file.and_then(|path| self.newsroom.statics.get(path)) {
                    hash.debug(&file.size);
                }
            }
        }
    }
}

fn unpublished(source: &str, dest: &Written) -> Diagnostic {
    let message = format!(
        "«{}» is not published now, so nothing leads to it, and a bare `[[id]]` shows nothing",
        dest.text
    );
    Diagnostic::warning(source, dest.place, "unpublished-target", message)
}

fn ambiguous(source: &str, dest: &Written) -> Diagnostic {
    let message = format!("«{}» is the name of more than one thing", dest.text);
    Diagnostic::error(source, dest.place, "ambiguous-target", message).hint(format!(
        "say which: `[[entities/{0}]]`, `[[topics/{0}]]`, or an article's path, `[[2023/09/12/{0}]]`",
        dest.text
    ))
}

fn missing(source: &str, link: &BodyLink) -> Diagnostic {
    let (what, hint) = match link.kind {
        BodyLinkKind::Wiki => {
            ("there is nothing with the id or name", "write the stem of a file below content/")
        }
        BodyLinkKind::Link => {
            ("there is no file", "write a path relative to this file, such as `../12/train.md`")
        }
        BodyLinkKind::Image => {
            ("there is no image", "put the image beside this file, or begin with `/` for static/")
        }
    };
    let message = format!("{what} «{}»", link.dest.text);
    Diagnostic::error(source, link.dest.place, "missing-target", message).hint(hint)
}

/// A reference of front matter that names nothing.
pub(super) fn leads_nowhere(source: &str, written: &Written, kind: &str) -> Diagnostic {
    let folder = match kind {
        "topic" => Registered::Topic.folder(),
        _ => "articles",
    };
    let message = format!("there is no {kind} «{}»", written.text);
    Diagnostic::error(source, written.place, "missing-target", message)
        .hint(format!("write the name of a file in content/{folder}/ without its extension"))
}
