//! What all pages of the console have around them, and the few parts they are made of.

use axum::response::{Html, Redirect};
use ledger::Role;
use maud::{DOCTYPE, Markup, html};
use request::Timestamp;
use serde::{Deserialize, Deserializer};

use super::{
    Language, form,
    moments::{ago, machine, moment},
    role,
    signed::Signed,
};

/// The pages that the head of each leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Overview,
    Stations,
    Machines,
    Networks,
    Waiting,
    Editions,
    Keeping,
    Statistics,
    Trail,
    Roster,
    Operators,
    Account,
}

/// How something is, told by a word, a sign and a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Bad,
    Caution,
    Neutral,
    Good,
}

/// What was just done, for the page that a form leads back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Told,
    Ordered,
    RolledOut,
    Stopped,
    Released,
    Applied,
    Discarded,
    CopyWanted,
    Revoked,
    RoleGiven,
    Struck,
    PassphraseChanged,
}

/// What stands behind a page's question mark; what cannot be read counts for nothing.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) done: Option<Done>,
}

fn or_nothing<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Done>, D::Error> {
    let word = String::deserialize(from)?;
    Ok(Done::ALL.into_iter().find(|it| it.code() == word))
}

impl Place {
    const ALL: [Self; 11] = [
        Place::Overview,
        Place::Stations,
        Place::Machines,
        Place::Waiting,
        Place::Networks,
        Place::Editions,
        Place::Keeping,
        Place::Statistics,
        Place::Trail,
        Place::Roster,
        Place::Operators,
    ];

    pub(super) fn path(self) -> &'static str {
        match self {
            Place::Overview => "/",
            Place::Stations => "/stations",
            Place::Machines => "/machines",
            Place::Networks => "/networks",
            Place::Waiting => "/waiting",
            Place::Editions => "/editions",
            Place::Keeping => "/keeping",
            Place::Statistics => "/statistics",
            Place::Trail => "/trail",
            Place::Roster => "/roster",
            Place::Operators => "/operators",
            Place::Account => "/account",
        }
    }

    pub(super) fn title(self, language: Language) -> &'static str {
        match self {
            Place::Overview => language.say("한눈에 보기", "Overview"),
            Place::Stations => language.say("기기", "Stations"),
            Place::Machines => language.say("장비·이미지", "Machines"),
            Place::Networks => language.say("정보망", "Networks"),
            Place::Waiting => language.say("사람이 볼 일", "Waiting"),
            Place::Editions => language.say("서비스 목록 판", "Editions"),
            Place::Keeping => language.say("보존·백업", "Keeping"),
            Place::Statistics => language.say("통계", "Statistics"),
            Place::Trail => language.say("감사 기록", "Audit"),
            Place::Roster => language.say("명부", "Roster"),
            Place::Operators => language.say("운영자", "Operators"),
            Place::Account => language.say("내 계정", "My account"),
        }
    }

    fn is_for(self, role: Role) -> bool {
        self != Place::Operators || role >= Role::Administrator
    }
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Caution => "caution",
            Tone::Bad => "bad",
            Tone::Neutral => "neutral",
        }
    }

    /// Told from each other without any colour, too.
    fn sign(self) -> &'static str {
        match self {
            Tone::Good => "M19 33l9 9 17-19",
            Tone::Caution => "M32 17v18m0 10v1",
            Tone::Bad => "M22 22l20 20m0-20L22 42",
            Tone::Neutral => "M20 32h24",
        }
    }
}

impl Done {
    const ALL: [Self; 12] = [
        Done::Told,
        Done::Ordered,
        Done::RolledOut,
        Done::Stopped,
        Done::Released,
        Done::Applied,
        Done::Discarded,
        Done::CopyWanted,
        Done::Revoked,
        Done::RoleGiven,
        Done::Struck,
        Done::PassphraseChanged,
    ];

    fn code(self) -> &'static str {
        match self {
            Done::Told => "told",
            Done::Ordered => "ordered",
            Done::RolledOut => "rolled-out",
            Done::Stopped => "stopped",
            Done::Released => "released",
            Done::Applied => "applied",
            Done::Discarded => "discarded",
            Done::CopyWanted => "copy-wanted",
            Done::Revoked => "revoked",
            Done::RoleGiven => "role-given",
            Done::Struck => "struck",
            Done::PassphraseChanged => "passphrase-changed",
        }
    }

    /// On with a page that says so.
    pub(super) fn at(self, path: &str) -> Redirect {
        Redirect::to(&format!("{path}?done={}", self.code()))
    }

    fn said(self, language: Language) -> &'static str {
        match self {
            Done::Told => language.say(
                "알렸어요. 기기가 회선에 있으면 곧 받아요.",
                "It is told. A station that is on its line hears it within moments.",
            ),
            Done::Ordered => language.say(
                "장비에 지시했어요. 켜져 있으면 1분 안에 받아요.",
                "The machine is ordered. One that is on hears it within a minute.",
            ),
            Done::RolledOut => language.say(
                "배포를 시작했어요. 장비가 1분 안에 알고, 조용할 때 받아 밤에 바꿔요.",
                "It is on its way. Machines know within a minute, fetch it while nobody is served and go over by night.",
            ),
            Done::Stopped => language.say(
                "배포를 멈췄어요. 아직 받지 않은 장비는 바꾸지 않아요.",
                "The rollout is stopped. Machines that do not have it yet stay as they are.",
            ),
            Done::Released => language.say("격리를 풀었어요.", "The quarantine is lifted."),
            Done::Applied => language.say("기록을 받아들였어요.", "The entry is applied."),
            Done::Discarded => language.say("기록을 버렸어요.", "The entry is discarded."),
            Done::CopyWanted => language.say(
                "전체 백업을 부탁했어요. 곧 시작되고, 잠시 뒤 이 화면에서 결과를 볼 수 있어요.",
                "A whole copy is asked for. See here in a moment what came of it.",
            ),
            Done::Revoked => language.say(
                "명부에서 지웠어요. 다음 접속부터 받지 않아요.",
                "It is struck off the roster and refused from its next question on.",
            ),
            Done::RoleGiven => language.say("역할을 바꿨어요.", "The role is changed."),
            Done::Struck => language.say("운영자를 지웠어요.", "The operator is struck off."),
            Done::PassphraseChanged => language.say(
                "암호 문구를 바꿨어요. 다른 곳의 로그인은 모두 끝났어요.",
                "The passphrase is changed. Sessions elsewhere are ended.",
            ),
        }
    }
}

/// A page of somebody who has signed in.
pub(super) fn page(who: &Signed, place: Place, done: Option<Done>, body: &Markup) -> Html<String> {
    let language = who.language;
    titled(who, place, place.title(language), done, body)
}

/// As [`page`], under a title of its own.
pub(super) fn titled(
    who: &Signed,
    place: Place,
    title: &str,
    done: Option<Done>,
    body: &Markup,
) -> Html<String> {
    framed(who, place, title, done, &switch(who.language, ""), body)
}

/// A page that nobody can come back to: no link to it in another language leads away.
pub(super) fn shown_once(who: &Signed, place: Place, body: &Markup) -> Html<String> {
    framed(who, place, place.title(who.language), None, &html! {}, body)
}

fn framed(
    who: &Signed,
    place: Place,
    title: &str,
    done: Option<Done>,
    languages: &Markup,
    body: &Markup,
) -> Html<String> {
    let language = who.language;
    let content = html! {
        header {
            div.inner {
                a.home href="/" { (language.say("민원 운영", "Minwon operations")) }
                div.who {
                    a href="/account" { (who.name) " (" (role::title(who.role, language)) ")" }
                    (languages)
                    (form::form(who, "/sign-out", &html! {
                        button.plain type="submit" { (language.say("로그아웃", "Sign out")) }
                    }))
                }
            }
            nav aria-label=(language.say("화면", "Pages")) {
                ul {
                    @for it in Place::ALL.into_iter().filter(|it| it.is_for(who.role)) {
                        li {
                            a href=(it.path()) aria-current=[(it == place).then_some("page")] {
                                (it.title(language))
                            }
                        }
                    }
                }
            }
        }
        main #main {
            h1 { (title) }
            @if let Some(done) = done {
                p.done.good role="status" { (sign(Tone::Good)) (done.said(language)) }
            }
            (body)
        }
    };
    whole(language, title, &content)
}

/// A page without a head: at the door, or of what went wrong.
/// Whoever changes the language sees `there`.
pub(super) fn alone(language: Language, title: &str, there: &str, body: &Markup) -> Html<String> {
    let content = html! {
        header {
            div.inner {
                a.home href="/" { (language.say("민원 운영", "Minwon operations")) }
                div.who { (switch(language, there)) }
            }
        }
        main.narrow #main { (body) }
    };
    whole(language, title, &content)
}

fn switch(language: Language, there: &str) -> Markup {
    let other = language.other();
    html! {
        a.language href={ (there) "?lang=" (other.code()) } lang=(other.code()) hreflang=(other.code()) {
            (other.say("한국어", "English"))
        }
    }
}

fn whole(language: Language, title: &str, content: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – " (language.say("민원 운영", "Minwon operations")) }
                link rel="icon" type="image/svg+xml" href="/icon.svg";
                link rel="stylesheet" href="/style.css";
            }
            body.console {
                a.skip href="#main" { (language.say("본문으로 가기", "Skip to the content")) }
                (content)
            }
        }
    };
    Html(page.into_string())
}

fn sign(tone: Tone) -> Markup {
    html! {
        svg.sign viewBox="0 0 64 64" aria-hidden="true" {
            circle cx="32" cy="32" r="30" {}
            path d=(tone.sign()) {}
        }
    }
}

/// A word with its sign.
pub(super) fn state(tone: Tone, word: &str) -> Markup {
    html! { span.state.(tone.class()) { (sign(tone)) (word) } }
}

/// How long ago, and when exactly.
pub(super) fn time(at: Timestamp, now: Timestamp, language: Language) -> Markup {
    html! {
        time datetime=(machine(at)) {
            span.ago { (ago(at, now, language)) } " "
            span.exact { (moment(at, language)) }
        }
    }
}

/// Before the head of a column of figures.
const FIGURES: char = '#';

/// A table that scrolls by itself when it is wider than the window.
pub(super) fn table(caption: &str, heads: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead {
                    tr {
                        @for head in heads {
                            @match head.strip_prefix(FIGURES) {
                                Some(head) => th.figure scope="col" { (head) },
                                None => th scope="col" { (head) },
                            }
                        }
                    }
                }
                tbody { (rows) }
            }
        }
    }
}

/// Instead of a table without rows.
pub(super) fn nothing(sentence: &str) -> Markup {
    html! { p.nothing { (sentence) } }
}
