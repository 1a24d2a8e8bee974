// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools.h"

#include <QCoreApplication>
#include <QStringList>

namespace keywheel {

namespace {

const QList<Tool> table{
    {"sh", QT_TRANSLATE_NOOP("Tools", "Environment variables (sh)"),
     QT_TRANSLATE_NOOP("Tools", "In ~/.profile, or in the terminal where the tool is started"),
     QT_TRANSLATE_NOOP("Tools", "Most tools and libraries for OpenAI read these variables."),
     R"(export OPENAI_BASE_URL="%URL%"
export OPENAI_API_BASE="%URL%"
export OPENAI_API_KEY="%KEY%"
)",
     "https://github.com/openai/openai-python#readme"},

    {"powershell", QT_TRANSLATE_NOOP("Tools", "Environment variables (PowerShell)"),
     QT_TRANSLATE_NOOP(
         "Tools", "In the file that $PROFILE names, or in the window where the tool is started"),
     QT_TRANSLATE_NOOP("Tools", "Most tools and libraries for OpenAI read these variables."),
     R"($env:OPENAI_BASE_URL = "%URL%"
$env:OPENAI_API_BASE = "%URL%"
$env:OPENAI_API_KEY = "%KEY%"
)",
     "https://github.com/openai/openai-python#readme"},

    {"curl", QT_TRANSLATE_NOOP("Tools", "curl"), QT_TRANSLATE_NOOP("Tools", "In a terminal"), "",
     R"(curl "%URL%/chat/completions" \
  -H "Content-Type: application/json" \
%AUTH%  -H "Authorization: Bearer %KEY%" \
  -d '{"model": "%MODEL%", "messages": [{"role": "user", "content": "Hello"}]}'
)",
     "https://platform.openai.com/docs/api-reference/chat/create"},

    {"openai-python", QT_TRANSLATE_NOOP("Tools", "OpenAI for Python"),
     QT_TRANSLATE_NOOP("Tools", "In a program; needs: pip install openai"), "",
     R"(from openai import OpenAI

client = OpenAI(base_url="%URL%", api_key="%KEY%")
completion = client.chat.completions.create(
    model="%MODEL%",
    messages=[{"role": "user", "content": "Hello"}],
)
print(completion.choices[0].message.content)
)",
     "https://github.com/openai/openai-python#readme"},

    {"openai-node", QT_TRANSLATE_NOOP("Tools", "OpenAI for Node.js"),
     QT_TRANSLATE_NOOP("Tools", "In a program; needs: npm install openai"), "",
     R"(import OpenAI from "openai";

const client = new OpenAI({ baseURL: "%URL%", apiKey: "%KEY%" });
const completion = await client.chat.completions.create({
  model: "%MODEL%",
  messages: [{ role: "user", content: "Hello" }],
});
console.log(completion.choices[0].message.content);
)",
     "https://github.com/openai/openai-node#readme"},

    {"aider", QT_TRANSLATE_NOOP("Tools", "aider"),
     QT_TRANSLATE_NOOP("Tools", "In .aider.conf.yml in the project or the home folder"), "",
     R"(openai-api-base: %URL%
openai-api-key: %KEY%
model: openai/%MODEL%
)",
     "https://aider.chat/docs/llms/openai-compat.html"},

    {"continue", QT_TRANSLATE_NOOP("Tools", "Continue"),
     QT_TRANSLATE_NOOP("Tools", "In ~/.continue/config.yaml"), "",
     R"(name: Keywheel
version: 0.0.1
schema: v1
models:
  - name: Keywheel %MODEL%
    provider: openai
    model: %MODEL%
    apiBase: %URL%
    apiKey: %KEY%
)",
     "https://docs.continue.dev/customize/model-providers/top-level/openai"},

    {"cline", QT_TRANSLATE_NOOP("Tools", "Cline"),
     QT_TRANSLATE_NOOP("Tools", "In the settings of Cline (the gear)"), "",
     R"(API Provider: OpenAI Compatible
Base URL:     %URL%
API Key:      %KEY%
Model ID:     %MODEL%
)",
     "https://docs.cline.bot/provider-config/openai-compatible"},

    {"open-webui", QT_TRANSLATE_NOOP("Tools", "Open WebUI"),
     QT_TRANSLATE_NOOP("Tools", "In the terminal where it is started for the first time"),
     QT_TRANSLATE_NOOP("Tools",
                       "Later: Admin Settings, Connections, OpenAI. In Docker it reaches Keywheel "
                       "with --network=host."),
     R"(export OPENAI_API_BASE_URL="%URL%"
export OPENAI_API_KEY="%KEY%"
open-webui serve
)",
     "https://docs.openwebui.com/getting-started/quick-start/connect-a-provider/"
     "starting-with-openai/"},

    {"zed", QT_TRANSLATE_NOOP("Tools", "Zed"),
     QT_TRANSLATE_NOOP("Tools", "In settings.json of Zed"),
     QT_TRANSLATE_NOOP("Tools",
                       "Then enter %KEY% as the API key in Zed's settings, LLM Providers."),
     R"({
  "language_models": {
    "openai_compatible": {
      "keywheel": {
        "api_url": "%URL%",
        "available_models": [
          {
            "name": "%MODEL%",
            "display_name": "%MODEL%",
            "max_tokens": 128000
          }
        ]
      }
    }
  }
}
)",
     "https://zed.dev/docs/ai/use-api-access#openai-compatible"},

    {"jetbrains", QT_TRANSLATE_NOOP("Tools", "JetBrains AI Assistant"),
     QT_TRANSLATE_NOOP("Tools", "In Settings, Tools, AI Assistant, Providers & API keys, "
                                "Third-party AI providers"),
     QT_TRANSLATE_NOOP("Tools", "Then click Test Connection, and choose a model."),
     R"(Provider: OpenAI-compatible
URL:      %URL%
API Key:  %KEY%
)",
     "https://www.jetbrains.com/help/ai-assistant/use-custom-models.html"},

    {"vscode", QT_TRANSLATE_NOOP("Tools", "VS Code (Copilot, own key)"),
     QT_TRANSLATE_NOOP("Tools", "Command “Chat: Manage Language Models”, Add Models, Custom "
                                "Endpoint; in chatLanguageModels.json"),
     QT_TRANSLATE_NOOP("Tools", "When VS Code asks for the API key, enter %KEY%."),
     R"([
  {
    "name": "Keywheel",
    "vendor": "customendpoint",
    "apiKey": "${input:keywheelKey}",
    "apiType": "chat-completions",
    "models": [
      {
        "id": "%MODEL%",
        "name": "%MODEL%",
        "url": "%URL%/chat/completions",
        "toolCalling": true,
        "vision": true,
        "maxInputTokens": 128000,
        "maxOutputTokens": 16000
      }
    ]
  }
]
)",
     "https://code.visualstudio.com/docs/agent-customization/language-models"},

    {"codex", QT_TRANSLATE_NOOP("Tools", "Codex CLI"),
     QT_TRANSLATE_NOOP("Tools", "In ~/.codex/config.toml"),
     QT_TRANSLATE_NOOP("Tools", "Codex uses the Responses API: the service behind Keywheel must "
                                "have it."),
     R"(%AUTH%# export KEYWHEEL_AUTH_KEY="%KEY%"
model = "%MODEL%"
model_provider = "keywheel"

[model_providers.keywheel]
name = "Keywheel"
base_url = "%URL%"
wire_api = "responses"
%AUTH%env_key = "KEYWHEEL_AUTH_KEY"
)",
     "https://github.com/openai/codex/blob/main/docs/config.md"},

    {"langchain", QT_TRANSLATE_NOOP("Tools", "LangChain"),
     QT_TRANSLATE_NOOP("Tools", "In a program; needs: pip install langchain-openai"), "",
     R"(from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="%MODEL%", base_url="%URL%", api_key="%KEY%")
print(llm.invoke("Hello").content)
)",
     "https://reference.langchain.com/python/langchain-openai/chat_models/base/BaseChatOpenAI"},

    {"litellm", QT_TRANSLATE_NOOP("Tools", "LiteLLM"),
     QT_TRANSLATE_NOOP("Tools", "In config.yaml of the LiteLLM proxy"), "",
     R"(model_list:
  - model_name: %MODEL%
    litellm_params:
      model: openai/%MODEL%
      api_base: %URL%
      api_key: %KEY%
)",
     "https://docs.litellm.ai/docs/providers/openai_compatible"},
};

QString translated(const char *text)
{
    return QCoreApplication::translate("Tools", text);
}

QString filledIn(QString text, const ToolTarget &target)
{
    return text.replace(QLatin1String("%URL%"), target.baseUrl)
        .replace(QLatin1String("%MODEL%"), target.model)
        // Libraries want a key even where none is needed.
        .replace(QLatin1String("%KEY%"),
                 target.needsAuth ? authPlaceholder() : QStringLiteral("keywheel"));
}

} // namespace

const QList<Tool> &tools()
{
    return table;
}

QString toolName(const Tool &tool)
{
    return translated(tool.name);
}

QString toolPlace(const Tool &tool)
{
    return translated(tool.place);
}

QString toolNote(const Tool &tool, const ToolTarget &target)
{
    return *tool.note == '\0' ? QString() : filledIn(translated(tool.note), target);
}

QString toolSnippet(const Tool &tool, const ToolTarget &target)
{
    const QLatin1String onlyWithAuth("%AUTH%");
    QStringList lines;
    for (const QString &line : QString::fromUtf8(tool.snippet).split(QLatin1Char('\n'))) {
        if (!line.startsWith(onlyWithAuth))
            lines.append(line);
        else if (target.needsAuth)
            lines.append(line.mid(onlyWithAuth.size()));
    }
    return filledIn(lines.join(QLatin1Char('\n')), target);
}

QString authPlaceholder()
{
    return QStringLiteral("YOUR_AUTH_KEY");
}

} // namespace keywheel
