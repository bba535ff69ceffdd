//! Signing in and out.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{ConnectInfo, State},
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use identity::is_plain;
use maud::html;
use privacy::Personal;

use super::{
    Language, Peer, draw,
    fault::Fault,
    form::{Filled, Knock, at_door, marked},
    passphrase, screen,
    session::{Forms, Holder, Key, Stamp},
    signed::{DOOR, SESSION, Visitor, forget, keep},
};
use crate::http::Exchange;

/// In the audit, of what is nobody's deed.
const CONSOLE: &str = "console";
const SIGN_IN: &str = "/sign-in";

/// The form, and a cookie that binds it to this browser.
pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    form(&exchange, visitor.language, StatusCode::OK, None)
}

fn form(
    exchange: &Exchange,
    language: Language,
    status: StatusCode,
    wrong: Option<&Fault>,
) -> Result<Response, Fault> {
    let door = Key::new(draw()?).digits();
    let mark = exchange.console.door.mark(&at_door(SIGN_IN, &door));
    let title = language.say("로그인", "Sign in");
    let sentence = wrong.map(|it| it.said(language).1);
    let body = html! {
        h1 { (title) }
        p.lead { (language.say(
            "교환 서버를 운영하는 사람만 쓸 수 있어요. 한 일은 모두 감사 기록에 남아요.",
            "For those who run the exchange. Whatever is done here stands in the audit.",
        )) }
        div.card {
            (marked(SIGN_IN, &mark, &html! {
                @if let Some(sentence) = &sentence {
                    p.wrong #wrong role="alert" { (sentence) }
                }
                label for="name" { (language.say("이름", "Name")) }
                input #name name="name" type="text" required maxlength="64" autocomplete="username"
                    autocapitalize="none" spellcheck="false" autofocus
                    aria-describedby=[sentence.as_ref().map(|_| "wrong")];
                label for="passphrase" { (language.say("암호 문구", "Passphrase")) }
                input #passphrase name="passphrase" type="password" required maxlength="512"
                    autocomplete="current-password"
                    aria-describedby=[sentence.as_ref().map(|_| "wrong")];
                button type="submit" { (language.say("로그인하기", "Sign in")) }
            }))
        }
    };
    let page = screen::alone(language, title, SIGN_IN, &body);
    Ok((status, [(SET_COOKIE, keep(DOOR, &door))], page).into_response())
}

/// A wrong passphrase and a name nobody has are told alike, and take as long.
pub(super) async fn sign_in(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    mut knock: Knock,
) -> Result<Response, Fault> {
    let language = knock.visitor.language;
    let name = knock.fields.text("name").to_owned();
    let given = Personal::new(knock.fields.take("passphrase"));
    let (console, place) = (&exchange.console, peer.place());
    let _turn = console.turn().await?;
    console.may_try(&name, place)?;
    let store = &exchange.issuer.store;
    let operator = match is_plain(&name) {
        true => store.operator(&name)?,
        false => None,
    };
    let hash = operator.as_ref().map(|it| it.passphrase.clone());
    let fits = tokio::task::spawn_blocking(move || passphrase::fits(&given, hash.as_deref()));
    let fits = fits.await.map_err(|_| Fault::NotNow)?;
    let now = exchange.issuer.clock.now();
    let Some(operator) = operator.as_ref().filter(|_| fits) else {
        console.was_wrong(&name, place);
        // What was typed is not kept: it may be a passphrase in the wrong field.
        let whom = operator.map_or("nobody of that name".to_owned(), |it| it.name);
        store.note(CONSOLE, "refused a sign-in of", &whom, now)?;
        tracing::warn!(%place, "A sign-in at the console was refused");
        let wrong = Fault::Field(
            "이름이나 암호 문구가 맞지 않아요. 다시 확인해 주세요.",
            "The name or the passphrase is wrong. Please check both.",
        );
        return form(&exchange, language, StatusCode::FORBIDDEN, Some(&wrong));
    };
    console.was_right(&name);
    store.note(&operator.name, "signed in at", CONSOLE, now)?;
    let (key, holder) = (
        Key::new(draw()?),
        Holder {
            operator: operator.name.clone(),
            stamp: Stamp::of(&operator.passphrase),
            forms: Forms::new(draw()?),
        },
    );
    let before = knock.visitor.session;
    let mut sessions = console.sessions();
    before.into_iter().for_each(|it| sessions.end(it));
    sessions.begin(&key, holder, Instant::now());
    drop(sessions);
    let mut response = Redirect::to("/").into_response();
    for cookie in [keep(SESSION, &key.digits()), forget(DOOR)] {
        if let Ok(cookie) = cookie.parse() {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

pub(super) async fn sign_out(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, .. }: Filled,
) -> Result<Response, Fault> {
    let now = exchange.issuer.clock.now();
    let store = &exchange.issuer.store;
    let noted = store.note(&who.name, "signed out of", CONSOLE, now);
    // Whoever goes is out, whatever becomes of the note.
    exchange.console.sessions().end(who.session);
    noted?;
    Ok(([(SET_COOKIE, forget(SESSION))], Redirect::to(SIGN_IN)).into_response())
}
