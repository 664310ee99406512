//! Text of editors as templates see it. In: plain text, its language, where it stands. Out: a [`Text`], which prints as
//! safe HTML with its islands isolated.

use serde::{Serialize, Serializer};

use crate::text::{
    bidi::{self, Manner},
    html::escape,
};

/// Text of editors, as HTML for an element: `<a href="…">{{ link.name }}</a>`. For an attribute there are plain fields.
#[derive(Debug, Clone)]
pub struct Text {
    plain: String,
    html: tera::Value,
}

impl Text {
    /// Text that fills an element whose language (BCP 47) it has.
    #[must_use]
    pub fn alone(text: &str, language: &str) -> Self {
        Self::of_safe(text, &bidi::html(text, Manner::of(language)))
    }

    /// Text among other text: isolated, in the direction of its language, which is named where it is not `around`.
    #[must_use]
    pub fn line(text: &str, language: &str, around: &str) -> Self {
        let named = (language != around).then_some(language);
        let html = match text {
            "" => String::new(),
            text => bidi::line_html(text, Manner::of(language), named),
        };
        Self::of_safe(text, &html)
    }

    /// Text that fills an element of the language `around`, whatever language it has itself.
    #[must_use]
    pub fn within(text: &str, language: &str, around: &str) -> Self {
        if language == around {
            Self::alone(text, language)
        } else {
            Self::line(text, language, around)
        }
    }

    /// A text of the user interface: it needs no isolation.
    #[must_use]
    pub fn label(text: &str) -> Self {
        Self::of_safe(text, &escape(text))
    }

    /// Text whose HTML was made elsewhere, escaped and isolated.
    #[must_use]
    pub fn of_safe(plain: &str, html: &str) -> Self {
        Self { plain: plain.to_owned(), html: tera::Value::safe_string(html) }
    }

    /// The text as the editor wrote it.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.plain
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.html.serialize(serializer)
    }
}
