//! Spans for a collector (OpenTelemetry, OTLP over HTTP), where an operator wants them.
//!
//! They name routes, networks and services, never a person or a document's number.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use reqwest::Client;
use telemetry::Further;
use tokio::runtime::Handle;

const NAME: &str = "minwon-exchange";
const PATIENCE: Duration = Duration::from_secs(5);

/// Sends what is left when it ends.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends spans to the collector at an address such as `http://127.0.0.1:4318`; the
    /// layer goes into the program's log.
    ///
    /// # Errors
    /// When the address is none, or no client can be made. Needs a runtime.
    pub fn to(collector: &str) -> anyhow::Result<(Self, Further)> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Courier(client, Handle::current()))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", collector.trim_end_matches('/')))
            .build()
            .context("the collector's address cannot be used")?;
        let resource = Resource::builder_empty().with_service_name(NAME).build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        let layer = tracing_opentelemetry::layer()
            .with_tracer(provider.tracer(NAME))
            .with_location(false)
            .with_threads(false);
        Ok((Self(provider), Box::new(layer)))
    }

    /// Sends what is left.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(PATIENCE) {
            tracing::warn!(%error, "The last spans could not be sent");
        }
    }
}

/// Posts on the exchange's runtime what the exporter's own thread gives it.
#[derive(Debug)]
struct Courier(Client, Handle);

#[async_trait]
impl HttpClient for Courier {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.0.clone();
        let sent = self.1.spawn(async move {
            let request = reqwest::Request::try_from(request)?;
            let answer = client.execute(request).await?;
            let status = answer.status();
            anyhow::Ok((status, answer.bytes().await?))
        });
        let (status, body) = sent.await??;
        let mut response = Response::new(body);
        *response.status_mut() = status;
        Ok(response)
    }
}
