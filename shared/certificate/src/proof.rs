//! A certificate and the words that stand on it, for who checks templates.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::Pdf;

/// A finished page set and what can be read on it.
pub struct Proof {
    pub pdf: Pdf,
    /// Runs of text in the order in which they were set, one a line.
    pub text: String,
}

pub(crate) fn text(document: &PagedDocument) -> String {
    let mut text = String::new();
    for page in document.pages() {
        collect(&page.frame, &mut text);
    }
    text
}

fn collect(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, text),
            FrameItem::Text(run) => {
                text.push_str(&run.text);
                text.push('\n');
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
    }
}
