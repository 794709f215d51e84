{{- define "carillon.labels" -}}
app.kubernetes.io/name: carillon
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "carillon.name" -}}
{{ printf "%s-carillon" .Release.Name | trunc 52 | trimSuffix "-" }}
{{- end }}
