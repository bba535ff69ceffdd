//! The page of the operators, for administrators.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use identity::is_plain;
use ledger::{Operator, Role};
use maud::{Markup, html};
use privacy::Personal;
use request::Timestamp;

use super::{
    Language, draw,
    fault::Fault,
    form::{Filled, form},
    named::Named,
    passphrase,
    role::{self, Act},
    screen::{self, Asked, Done, Place, time},
    session::Stamp,
    signed::Signed,
};
use crate::http::Exchange;

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    who.must(&exchange, Act::Appoint)?;
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let operators = exchange.issuer.store.operators()?;
    let body = html! {
        (listed(&who, &operators, now))
        section.card {
            h2 { (language.say("운영자 추가하기", "Add an operator")) }
            (form(&who, Place::Operators.path(), &html! {
                label for="name" { (language.say("이름", "Name")) }
                p.hint #name-hint { (language.say(
                    "로마자, 숫자, 점, 붙임표로 64자까지예요. 감사 기록에 이 이름이 남아요.",
                    "Up to 64 letters, digits, dots and hyphens. The audit knows them by this name.",
                )) }
                input #name name="name" type="text" required maxlength="64" autocomplete="off"
                    autocapitalize="none" spellcheck="false" aria-describedby="name-hint";
                (roles("role", Role::Viewer, language))
                button type="submit" { (language.say("운영자 추가하기", "Add the operator")) }
            }))
        }
    };
    Ok(screen::page(&who, Place::Operators, asked.done, &body))
}

fn roles(id: &str, chosen: Role, language: Language) -> Markup {
    html! {
        label for=(id) { (language.say("역할", "Role")) }
        select id=(id) name="role" {
            @for it in Role::ALL {
                option value=(it.code()) selected[it == chosen] {
                    (role::title(it, language)) " – " (role::explained(it, language))
                }
            }
        }
    }
}

fn listed(who: &Signed, operators: &[Operator], now: Timestamp) -> Markup {
    let language = who.language;
    html! {
        @for it in operators {
            section.card {
                h2 { (it.name) @if it.name == who.name { " " (language.say("(나)", "(you)")) } }
                p {
                    (role::title(it.role, language)) ". "
                    (language.say("마지막 변경: ", "Last changed: ")) (time(it.changed_at, now, language))
                }
                details {
                    summary { (language.say("바꾸기", "Change")) }
                    (form(who, &format!("/operators/{}/role", it.name), &html! {
                        (roles(&format!("role-{}", it.name), it.role, language))
                        button type="submit" { (language.say("역할 바꾸기", "Give this role")) }
                    }))
                    (form(who, &format!("/operators/{}/passphrase", it.name), &html! {
                        button.plain type="submit" { (language.say("새 암호 문구 만들어 주기", "Draw a new passphrase")) }
                    }))
                    (form(who, &format!("/operators/{}/strike", it.name), &html! {
                        button.danger type="submit" { (language.say("운영자 지우기", "Strike the operator off")) }
                    }))
                }
            }
        }
    }
}

pub(super) async fn add(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, fields }: Filled,
) -> Result<Response, Fault> {
    who.must(&exchange, Act::Appoint)?;
    let name = fields.text("name");
    if !is_plain(name) {
        return Err(Fault::Field(
            "이름은 로마자, 숫자, 점, 붙임표로 64자까지예요.",
            "A name has up to 64 letters, digits, dots and hyphens.",
        ));
    }
    let role = Role::of(fields.text("role")).ok_or(Fault::NotAForm)?;
    let (drawn, hash) = drawn(&exchange).await?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    store.add_operator(name, role, &hash, &who.name, now)??;
    Ok(handed_over(&who, name, &drawn).into_response())
}

pub(super) async fn give_role(
    State(exchange): State<Arc<Exchange>>,
    Named(name): Named<String>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Appoint)?;
    let role = Role::of(fields.text("role")).ok_or(Fault::NotAForm)?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    store.give_role(&name, role, &who.name, now)??;
    Ok(Done::RoleGiven.at(Place::Operators.path()))
}

pub(super) async fn give_passphrase(
    State(exchange): State<Arc<Exchange>>,
    Named(name): Named<String>,
    Filled { who, .. }: Filled,
) -> Result<Response, Fault> {
    who.must(&exchange, Act::Appoint)?;
    let (drawn, hash) = drawn(&exchange).await?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    store.give_passphrase(&name, &hash, &who.name, now)??;
    if name == who.name {
        let mut sessions = exchange.console.sessions();
        sessions.stamp(who.session, Stamp::of(&hash));
    }
    Ok(handed_over(&who, &name, &drawn).into_response())
}

pub(super) async fn strike(
    State(exchange): State<Arc<Exchange>>,
    Named(name): Named<String>,
    Filled { who, .. }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Appoint)?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    store.strike_operator(&name, &who.name, now)??;
    Ok(Done::Struck.at(Place::Operators.path()))
}

/// A passphrase that nobody has chosen, and its hash.
async fn drawn(exchange: &Exchange) -> Result<(Personal<String>, String), Fault> {
    let drawn = passphrase::drawn(draw()?);
    let _turn = exchange.console.turn().await?;
    let copy = drawn.clone();
    let hash = tokio::task::spawn_blocking(move || passphrase::hash(&copy)).await;
    Ok((drawn, hash.map_err(|_| Fault::NotNow)??))
}

/// The only page on which it ever stands.
fn handed_over(who: &Signed, name: &str, drawn: &Personal<String>) -> Html<String> {
    let language = who.language;
    let body = html! {
        section.card {
            h2 { (name) }
            p { (language.say(
                "이 암호 문구를 본인에게 바로 전하세요. 이 화면을 떠나면 다시 볼 수 없어요. 받은 사람은 로그인한 뒤 ‘내 계정’에서 바꾸게 하세요.",
                "Hand this passphrase over now: it is shown on this page alone. Whoever gets it changes it under “My account”.",
            )) }
            p.large.number { (passphrase::shown(drawn)) }
            p { a.button href=(Place::Operators.path()) { (language.say("운영자 목록으로 가기", "Go to the operators")) } }
        }
    };
    screen::shown_once(who, Place::Operators, &body)
}
