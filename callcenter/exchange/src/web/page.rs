//! The page itself.

mod details;

use axum::{
    http::header::CONTENT_TYPE,
    response::{Html, IntoResponse},
};
use catalog::Catalog;
use maud::{DOCTYPE, Markup, html};
use request::Timestamp;

use super::{
    answer::{Answer, Said, Tone},
    language::Language,
};

/// Characters of a number; more than anybody types.
const TYPED_MAX: usize = 64;

/// The page before anything is answered.
pub(super) struct Front {
    language: Language,
    takes_files: bool,
    typed: String,
}

impl Front {
    pub(super) fn new(language: Language, takes_files: bool) -> Self {
        Self {
            language,
            takes_files,
            typed: String::new(),
        }
    }

    /// What was typed stays in its field.
    pub(super) fn typed(&mut self, number: &str) {
        self.typed = number.chars().take(TYPED_MAX).collect();
    }
}

pub(super) async fn style() -> impl IntoResponse {
    let style = include_str!("style.css");
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], style)
}

pub(crate) async fn icon() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("icon.svg"))
}

pub(super) fn plain(front: &Front) -> Html<String> {
    let title = title(front.language);
    Html(frame(front, title, &html! {}, None).into_string())
}

pub(super) fn with_answer(
    front: &Front,
    answer: &Answer,
    catalog: &Catalog,
    now: Timestamp,
) -> Html<String> {
    let language = front.language;
    let said = answer.said(language);
    let title = format!("{} – {}", said.headline, title(language));
    let wrong = matches!(answer, Answer::NotANumber(_)).then_some(&said);
    let shown = html! {
        (verdict(&said))
        @if let Answer::Number(particulars) = answer {
            (details::of_number(particulars, catalog, now, language))
        }
        @if let Answer::Paper(_, paper) = answer {
            (details::of_paper(paper, catalog, now, language))
        }
    };
    let shown = html! {
        section.answer.(class(said.tone)) aria-labelledby="answer" {
            (shown)
        }
    };
    Html(frame(front, &title, &shown, wrong).into_string())
}

fn title(language: Language) -> &'static str {
    language.say("문서 진위 확인", "Is this paper genuine?")
}

fn frame(front: &Front, title: &str, answer: &Markup, wrong: Option<&Said>) -> Markup {
    let language = front.language;
    let other = language.other();
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="/icon.svg";
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#main" { (language.say("본문으로 가기", "Skip to the content")) }
                header {
                    div.inner {
                        a.home href={ "/?lang=" (language.code()) } { (language.say("민원", "Minwon")) }
                        a.language href={ "/?lang=" (other.code()) } lang=(other.code()) hreflang=(other.code()) {
                            (other.say("한국어", "English"))
                        }
                    }
                }
                main #main {
                    (answer)
                    h1 { (language.say("증명서가 진짜인지 확인해 드려요", "Is this certificate genuine?")) }
                    p.lead {
                        (language.say(
                            "종이에 적힌 번호를 입력하거나 종이를 찍은 사진을 올려 주세요. 이름이나 주소는 묻지 않아요.",
                            "Type the number on the paper or upload a picture of it. Nobody asks for a name or an address.",
                        ))
                    }
                    (number_form(front, wrong))
                    @if front.takes_files { (paper_form(language)) }
                }
                footer {
                    p { (language.say(
                        "올린 파일은 확인한 뒤 바로 지우고 어디에도 남기지 않아요. 이 화면은 쿠키를 쓰지 않아요.",
                        "A file is forgotten as soon as it has been examined. This page uses no cookies.",
                    )) }
                }
            }
        }
    }
}

/// The word first, then why; whoever cannot see is brought here.
fn verdict(said: &Said) -> Markup {
    html! {
        div.verdict #verdict tabindex="-1" autofocus {
            svg viewBox="0 0 64 64" aria-hidden="true" {
                circle cx="32" cy="32" r="29" {}
                path d=(sign(said.tone)) {}
            }
            h2 #answer { (said.headline) }
        }
        @for line in &said.lines { p { (line) } }
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Caution => "caution",
        Tone::Bad => "bad",
        Tone::Neutral => "neutral",
    }
}

/// Told from each other without any colour: a tick, an exclamation mark, a cross, an i.
fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "M19 33l9 9 17-19",
        Tone::Caution => "M32 17v18m0 10v1",
        Tone::Bad => "M22 22l20 20m0-20L22 42",
        Tone::Neutral => "M32 18v1m0 9v18",
    }
}

fn number_form(front: &Front, wrong: Option<&Said>) -> Markup {
    let language = front.language;
    html! {
        form.card method="post" action={ "/number?lang=" (language.code()) } enctype="multipart/form-data" {
            h2 { (language.say("번호로 확인하기", "By number")) }
            label for="number" { (language.say("문서확인번호", "Document number")) }
            p.hint #number-hint {
                (language.say(
                    "종이 위쪽에 있어요. 글자와 숫자 16개예요. 띄어쓰기와 대소문자는 상관없어요. O는 숫자 0, I와 L은 숫자 1로 읽어요.",
                    "At the top of the paper: 16 letters and digits. Spaces and small letters do not matter. O is read as zero, I and L as one.",
                ))
            }
            @if let Some(said) = wrong {
                p.wrong #number-wrong { @for line in &said.lines { (line) } }
            }
            input #number name="number" type="text" value=(front.typed) required
                maxlength=(TYPED_MAX) autocomplete="off" autocapitalize="characters" spellcheck="false"
                placeholder="2611-XXXX-XXXX-XXXX"
                aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=(if wrong.is_some() { "number-wrong number-hint" } else { "number-hint" });
            button type="submit" { (language.say("번호 확인하기", "Check the number")) }
        }
    }
}

fn paper_form(language: Language) -> Markup {
    html! {
        form.card method="post" action={ "/paper?lang=" (language.code()) } enctype="multipart/form-data" {
            h2 { (language.say("사진이나 PDF로 확인하기", "With a picture or PDF")) }
            label for="paper" { (language.say("종이 사진 또는 PDF 파일", "Picture of the paper, or its PDF")) }
            p.hint #paper-hint {
                (language.say(
                    "네모난 봉인이 또렷하게 다 나오게 찍어 주세요. PNG, JPEG, PDF, 10MB까지예요.",
                    "All of the square seal must be sharp in it. PNG, JPEG or PDF, up to 10 MB.",
                ))
            }
            input #paper name="paper" type="file" required
                accept="image/png,image/jpeg,application/pdf" aria-describedby="paper-hint";
            label for="printed" { (language.say("종이에 적힌 번호 (쓰지 않아도 돼요)", "Number printed on the paper (optional)")) }
            p.hint #printed-hint {
                (language.say(
                    "함께 쓰면 봉인을 다른 종이에서 옮겨 붙였는지도 알 수 있어요.",
                    "With it, a seal that was copied from another paper is found out.",
                ))
            }
            input #printed name="number" type="text" maxlength=(TYPED_MAX) autocomplete="off"
                autocapitalize="characters" spellcheck="false" aria-describedby="printed-hint";
            button type="submit" { (language.say("파일 확인하기", "Examine the file")) }
        }
    }
}
