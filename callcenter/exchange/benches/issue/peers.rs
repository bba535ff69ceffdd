//! The same certificates for whoever prints them otherwise, and by our press alone.

use std::time::Instant;

use catalog::Service;
use certificate::{Order, Press};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use registry::{Address, header, message_id};
use seal::{Claims, SoftSealKey, compose};
use serde_json::{Value, json};

use crate::{
    Failure, Figures, NOW,
    office::{Office, processor_seconds},
};

/// Record, number and seal of a certificate for each of these people.
pub(crate) async fn orders(
    office: &Office,
    service: &Service,
    people: &[String],
) -> Result<Vec<Value>, Failure> {
    let pem = SigningKey::from_slice(&[7; 32])?.to_pkcs8_pem(LineEnding::LF)?;
    let key = SoftSealKey::from_pem(&pem)?;
    let mut orders = Vec::new();
    for (serial, person) in people.iter().enumerate() {
        let record = ask(office, service, person, serial).await?;
        let number = format!("2611-{serial:04}-0000-0000");
        let field = |it: &catalog::SealField| {
            let value = record.pointer(&it.pointer).and_then(Value::as_str);
            (it.name.clone(), value.unwrap_or_default().to_owned())
        };
        let claims = Claims {
            issuer: service.issuer.ko.clone(),
            issued_at: NOW.as_millis() / 1000,
            expires_at: NOW.as_millis() / 1000 + 86_400 * i64::from(service.valid_days),
            service: service.id.to_string(),
            version: service.version,
            document_number: number.clone(),
            fields: service.seal_fields.iter().map(field).collect(),
        };
        let seal = compose(&claims, &key)?;
        orders.push(json!({ "record": record, "number": number, "seal": seal }));
    }
    Ok(orders)
}

/// Typesetting and the page's PDF, with the QR code and the background, but without what
/// only the exchange does: no network, no signature, no store.
pub(crate) fn press_alone(service: &Service, orders: &[Value]) -> Result<Figures, Failure> {
    let press = Press::with_debian_fonts()?;
    let print = |order: &Value| {
        press.print(&Order {
            template: &service.template,
            record: &order["record"],
            options: &json!({ "numbers": "masked", "history": "yes" }),
            title: service.title.clone(),
            issuer: service.issuer.clone(),
            place: service.issuer.clone(),
            document_number: order["number"].as_str().unwrap_or_default(),
            issued_on: (2026, 11, 24),
            valid_days: service.valid_days,
            fee_won: 200,
            copy: (1, 1),
            lease: None,
            seal: order["seal"].as_str().unwrap_or_default(),
        })
    };
    print(orders.first().ok_or("no orders")?)?;
    let (processor, start) = (processor_seconds("self")?, Instant::now());
    let mut times = Vec::new();
    for order in orders {
        let begin = Instant::now();
        print(order)?;
        times.push(begin.elapsed());
    }
    Ok(Figures {
        seconds: start.elapsed().as_secs_f64(),
        processor_seconds: processor_seconds("self")? - processor,
        times,
    })
}

async fn ask(
    office: &Office,
    service: &Service,
    person: &str,
    serial: usize,
) -> Result<Value, Failure> {
    let subsystem = service.network.as_str();
    let parts = ["KR", "GOV", "1741000", subsystem, &service.query];
    let address = Address(parts.map(str::to_owned));
    let post = reqwest::Client::new()
        .post(format!("{}{}", office.networks.url(), address.path()))
        .header(header::CLIENT, "KR/GOV/4199900/minwon")
        .header(header::ID, message_id(&serial.to_string()))
        .header(header::ISSUE, serial.to_string())
        .json(&json!({ "resident_number": person }));
    Ok(post.send().await?.error_for_status()?.json().await?)
}
