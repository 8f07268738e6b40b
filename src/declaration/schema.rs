//! The JSON schema of a declared file: what editors complete and underline by, and what files are checked against.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema of `T`, in the draft that TOML editors read.
pub fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings
        .with_transform(schemars::transform::RecursiveTransform(without_null))
        .into_generator()
        .into_root_schema_for::<T>();
    schema.remove("title");
    schema.to_value()
}

/// TOML has no null: a key that may be left out is left out.
fn without_null(schema: &mut Schema) {
    let is_null = |value: &Value| value == "null" || value.get("type").is_some_and(|kind| kind == "null");
    for key in ["type", "anyOf", "enum"] {
        let Some(Value::Array(all)) = schema.get_mut(key) else { continue };
        all.retain(|value| !is_null(value));
        if let [only] = all.as_slice() {
            let only = only.clone();
            match (key, only) {
                ("type", only) => drop(schema.insert("type".to_owned(), only)),
                ("anyOf", Value::Object(only)) => {
                    schema.remove("anyOf");
                    for (key, value) in only {
                        schema.insert(key, value);
                    }
                }
                _ => {}
            }
        }
    }
}
