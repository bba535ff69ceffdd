//! Why somebody at the console does not get what they asked for, and what to do next.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::Request,
    http::{
        HeaderValue, StatusCode,
        header::{REFERRER_POLICY, RETRY_AFTER, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use ledger::{NotChanged, StoreError};
use maud::html;

use super::{Language, passphrase::NotAPassphrase, role::Act, screen, signed};

#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// Nobody is signed in here, or not any more.
    SignedOut,
    /// The role does not let them.
    NotAllowed(Act),
    /// The form was not made for this session: another page sent it, or it is old.
    NotOurForm,
    /// What came is no form of ours.
    NotAForm,
    NotFound,
    /// A field does not say what is wanted.
    Field(&'static str, &'static str),
    TooMany(Duration),
    Operators(NotChanged),
    /// A verdict on an entry that can still not be read.
    StillUnreadable,
    /// Nobody keeps backups.
    NoBackups,
    /// Too many passphrases are looked at.
    Busy,
    /// The store, the disk or the system does not do it.
    NotNow,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "The console could not read or write the store");
        Fault::NotNow
    }
}

impl From<getrandom::Error> for Fault {
    fn from(error: getrandom::Error) -> Self {
        tracing::error!(%error, "The system draws nothing");
        Fault::NotNow
    }
}

impl From<NotAPassphrase> for Fault {
    fn from(why: NotAPassphrase) -> Self {
        match why {
            NotAPassphrase::Length => Fault::Field(
                "암호 문구는 12자에서 128자까지예요. 낱말 몇 개를 이어 쓰면 외우기 쉬워요.",
                "A passphrase has 12 to 128 letters. A few words in a row are easy to remember.",
            ),
            NotAPassphrase::Hash => Fault::NotNow,
        }
    }
}

impl From<NotChanged> for Fault {
    fn from(why: NotChanged) -> Self {
        Fault::Operators(why)
    }
}

/// Its page is made where the language is known, by [`explain`].
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if let Fault::SignedOut = self {
            return Redirect::to("/sign-in").into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Chooses the language of a question, and explains in it what went wrong.
pub(super) async fn explain(mut question: Request, next: Next) -> Response {
    let (language, chosen) = signed::language(question.uri(), question.headers());
    question.extensions_mut().insert(language);
    let mut response = next.run(question).await;
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        let mut page = (fault.status(), fault.page(language)).into_response();
        if let Fault::TooMany(wait) = &*fault {
            let seconds = wait.as_secs() + 1;
            page.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response = page;
    }
    // Without a referrer browsers do not say from where a form comes.
    let own = HeaderValue::from_static("same-origin");
    response.headers_mut().insert(REFERRER_POLICY, own);
    if let Some(cookie) = chosen.and_then(|it| HeaderValue::try_from(it).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::SignedOut => StatusCode::SEE_OTHER,
            Fault::NotAllowed(_) | Fault::NotOurForm => StatusCode::FORBIDDEN,
            Fault::NotAForm => StatusCode::BAD_REQUEST,
            Fault::NotFound | Fault::Operators(NotChanged::Unknown) => StatusCode::NOT_FOUND,
            Fault::Field(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Operators(
                NotChanged::Exists | NotChanged::Reserved | NotChanged::LastAdministrator,
            )
            | Fault::StillUnreadable
            | Fault::NoBackups => StatusCode::CONFLICT,
            Fault::Busy | Fault::NotNow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn page(&self, language: Language) -> axum::response::Html<String> {
        let (headline, sentence) = self.said(language);
        screen::alone(
            language,
            &headline,
            // Where it came from may take forms alone.
            "/",
            &html! {
                section.answer.bad role="alert" {
                    h1 { (headline) }
                    p { (sentence) }
                    p { a.button href="/" { (language.say("첫 화면으로 가기", "Go to the overview")) } }
                }
            },
        )
    }

    /// What happened, and what to do next.
    pub(super) fn said(&self, language: Language) -> (String, String) {
        let say = |korean: [&str; 2], english: [&str; 2]| {
            let [headline, sentence] = language.say(korean, english);
            (headline.to_owned(), sentence.to_owned())
        };
        match self {
            Fault::SignedOut => say(
                ["로그인이 끝났어요", "다시 로그인해 주세요."],
                ["You are signed out", "Please sign in again."],
            ),
            Fault::NotAllowed(act) => (
                language
                    .say("이 일은 할 수 없어요", "You may not do this")
                    .to_owned(),
                not_allowed(*act, language),
            ),
            Fault::NotOurForm => say(
                [
                    "이 양식은 쓸 수 없어요",
                    "오래된 화면이거나 다른 곳에서 온 양식이에요. 아무것도 바꾸지 않았어요. 화면을 새로 열고 다시 해 주세요.",
                ],
                [
                    "This form cannot be used",
                    "It is old or comes from elsewhere. Nothing was changed. Open the page anew and try again.",
                ],
            ),
            Fault::NotAForm => say(
                [
                    "무슨 뜻인지 알 수 없어요",
                    "보낸 내용이 양식과 달라요. 화면을 새로 열고 다시 해 주세요.",
                ],
                [
                    "This cannot be understood",
                    "What was sent is no form of this console. Open the page anew and try again.",
                ],
            ),
            Fault::NotFound => say(
                [
                    "없는 화면이거나 이미 처리된 일이에요",
                    "다른 사람이 먼저 처리했을 수 있어요. 목록에서 다시 골라 주세요.",
                ],
                [
                    "There is nothing here, or nothing any more",
                    "Somebody else may have been faster. Choose again from the list.",
                ],
            ),
            Fault::Field(korean, english) => (
                language
                    .say("양식을 다시 확인해 주세요", "Please check the form")
                    .to_owned(),
                language.say(*korean, *english).to_owned(),
            ),
            Fault::TooMany(wait) => (
                language
                    .say("잠시 뒤에 다시 해 주세요", "Please wait a while")
                    .to_owned(),
                too_many(*wait, language),
            ),
            Fault::Operators(why) => operators(*why, language),
            Fault::StillUnreadable => say(
                [
                    "아직 읽을 수 없는 기록이에요",
                    "이 판의 프로그램은 이 기록을 읽지 못해요. 교환 서버를 새 판으로 바꾸거나 기록을 버리세요.",
                ],
                [
                    "The entry can still not be read",
                    "This release cannot read it. Update the exchange, or discard the entry.",
                ],
            ),
            Fault::NoBackups => say(
                [
                    "백업을 하지 않는 교환 서버예요",
                    "--backup과 --backup-key를 주고 교환 서버를 다시 시작해야 백업을 할 수 있어요.",
                ],
                [
                    "This exchange keeps no backups",
                    "Start it with --backup and --backup-key, then backups can be made.",
                ],
            ),
            Fault::Busy => say(
                [
                    "지금은 많은 사람이 로그인하고 있어요",
                    "아무것도 바꾸지 않았어요. 잠시 뒤에 다시 해 주세요.",
                ],
                [
                    "Many are signing in just now",
                    "Nothing was changed. Please try again in a moment.",
                ],
            ),
            Fault::NotNow => say(
                [
                    "지금은 할 수 없어요",
                    "교환 서버의 저장소나 디스크에 문제가 있어요. 첫 화면에서 상태를 보고 서버의 로그를 확인하세요.",
                ],
                [
                    "This cannot be done now",
                    "The exchange's store or disk fails. See the overview, and the server's log.",
                ],
            ),
        }
    }
}

fn not_allowed(act: Act, language: Language) -> String {
    let role = super::role::title(act.needs(), language);
    language.say(
        format!("{role} 역할이 있어야 해요. 시도한 사실은 감사 기록에 남았어요. 필요한 일이면 관리자에게 역할을 바꿔 달라고 하세요."),
        format!("It takes the role of {role}. The attempt stands in the audit. If it is your task, ask an administrator for the role."),
    )
}

fn too_many(wait: Duration, language: Language) -> String {
    let seconds = wait.as_secs() + 1;
    language.say(
        format!("틀린 암호 문구가 너무 많았어요. {seconds}초 뒤에 다시 로그인해 주세요."),
        format!("There were too many wrong passphrases. Sign in again in {seconds} seconds."),
    )
}

fn operators(why: NotChanged, language: Language) -> (String, String) {
    let (headline, sentence) = match why {
        NotChanged::Exists => language.say(
            ("이미 있는 이름이에요", "다른 이름으로 추가해 주세요."),
            ("There is an operator of that name", "Choose another name."),
        ),
        NotChanged::Reserved => language.say(
            (
                "쓸 수 없는 이름이에요",
                "감사 기록에서 서버나 민원인을 가리키는 이름이에요. 다른 이름으로 추가해 주세요.",
            ),
            (
                "Nobody can have this name",
                "In the audit it means the exchange itself, or a citizen. Choose another name.",
            ),
        ),
        NotChanged::Unknown => language.say(
            ("없는 운영자예요", "목록에서 다시 골라 주세요."),
            (
                "There is no operator of that name",
                "Choose again from the list.",
            ),
        ),
        NotChanged::LastAdministrator => language.say(
            (
                "마지막 관리자예요",
                "관리자가 한 사람도 남지 않게 돼요. 다른 사람을 먼저 관리자로 정하세요.",
            ),
            (
                "This is the last administrator",
                "Nobody would be left to appoint operators. Make somebody else administrator first.",
            ),
        ),
    };
    (headline.to_owned(), sentence.to_owned())
}
