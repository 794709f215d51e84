{{- define "carillon.labels" -}}
app.kubernetes.io/name: carillon
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "carillon.name" -}}
{{ printf "%s-carillon" .Release.Name | trunc 52 | trimSuffix "-" }}
{{- end }}

{{/* Of what browsers and programs talk to: the nodes of the role api if there are any, else those that dial. */}}
{{- define "carillon.front" -}}
{{ include "carillon.labels" . }}
app.kubernetes.io/component: {{ if gt (int .Values.api.replicas) 0 }}api{{ else }}silo{{ end }}
{{- end }}
