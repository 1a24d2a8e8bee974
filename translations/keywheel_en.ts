<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Settings</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n millisecond</numerusform>
            <numerusform>%n milliseconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::BlacklistPage</name>
    <message numerus="yes">
        <source>%n key(s) released.</source>
        <translation>
            <numerusform>%n key released.</numerusform>
            <numerusform>%n keys released.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) enabled.</source>
        <translation>
            <numerusform>%n key enabled.</numerusform>
            <numerusform>%n keys enabled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checking %n key(s)…</source>
        <translation>
            <numerusform>Checking %n key…</numerusform>
            <numerusform>Checking %n keys…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) good</source>
        <translation>
            <numerusform>%n key good</numerusform>
            <numerusform>%n keys good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) still refused</source>
        <translation>
            <numerusform>%n key still refused</numerusform>
            <numerusform>%n keys still refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) over a limit</source>
        <translation>
            <numerusform>%n key over a limit</numerusform>
            <numerusform>%n keys over a limit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) could not be checked</source>
        <translation>
            <numerusform>%n key could not be checked</numerusform>
            <numerusform>%n keys could not be checked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::ImportDialog</name>
    <message numerus="yes">
        <source>%n new key(s)</source>
        <translation>
            <numerusform>%n new key</numerusform>
            <numerusform>%n new keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already there</source>
        <translation>
            <numerusform>%n already there</numerusform>
            <numerusform>%n already there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated</source>
        <translation>
            <numerusform>%n repeated</numerusform>
            <numerusform>%n repeated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not taken</source>
        <translation>
            <numerusform>%n not taken</numerusform>
            <numerusform>%n not taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) added.</source>
        <translation>
            <numerusform>%n key added.</numerusform>
            <numerusform>%n keys added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already there.</source>
        <translation>
            <numerusform>%n already there.</numerusform>
            <numerusform>%n already there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not taken.</source>
        <translation>
            <numerusform>%n not taken.</numerusform>
            <numerusform>%n not taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not imported yet.</source>
        <translation>
            <numerusform>%n not imported yet.</numerusform>
            <numerusform>%n not imported yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n key(s)</source>
        <translation>
            <numerusform>&amp;Import %n key</numerusform>
            <numerusform>&amp;Import %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::KeyActions</name>
    <message numerus="yes">
        <source>%n key(s) checked, %1 of them good.</source>
        <translation>
            <numerusform>%n key checked, %1 good.</numerusform>
            <numerusform>%n keys checked, %1 of them good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) taken off the blacklist.</source>
        <translation>
            <numerusform>%n key taken off the blacklist.</numerusform>
            <numerusform>%n keys taken off the blacklist.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::KeyTableModel</name>
    <message numerus="yes">
        <source>%1 (%n keys share its limits)</source>
        <translation>
            <numerusform>%1 (%n key has its limits)</numerusform>
            <numerusform>%1 (%n keys share its limits)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys belong to this organization. They share its limits: when one is over a limit, the others are too.</source>
        <translation>
            <numerusform>%n key belongs to this organization.</numerusform>
            <numerusform>%n keys belong to this organization. They share its limits: when one is over a limit, the others are too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::KeysPage</name>
    <message numerus="yes">
        <source>%n key(s) removed.</source>
        <translation>
            <numerusform>%n key removed.</numerusform>
            <numerusform>%n keys removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left to undo.</source>
        <translation>
            <numerusform>%n second left to undo.</numerusform>
            <numerusform>%n seconds left to undo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s)</source>
        <translation>
            <numerusform>%1 of %n key</numerusform>
            <numerusform>%1 of %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::RequestsPage</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n request(s)</source>
        <translation>
            <numerusform>%1 of %n request</numerusform>
            <numerusform>%1 of %n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused – %n new</source>
        <translation>
            <numerusform>Paused – %n new</numerusform>
            <numerusform>Paused – %n new</numerusform>
        </translation>
    </message>
</context>
</TS>
